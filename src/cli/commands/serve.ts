/**
 * `bioweft serve`: the API on the graph as it is, without loading the sample literature.
 */
import { Command } from "commander";
import { serveGraph } from "../compose.js";
import { type ModelOptions, withModelOptions } from "../options/model-option.js";

/** Declares the command. */
export function command(): Command {
  const serve = new Command("serve").description("serve GraphQL on the graph as it is");
  return withModelOptions(serve).action((model: ModelOptions) => serveGraph({ exclusive: false, model }));
}
