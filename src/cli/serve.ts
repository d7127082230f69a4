/**
 * `bioweft serve`: the API on the graph as it is, without loading the sample literature.
 */
import { Command } from "commander";
import { serveGraph } from "./served-graph.js";

/** Declares the command. */
export function command(): Command {
  return new Command("serve")
    .description("serve GraphQL on the graph as it is")
    .action(() => serveGraph({ exclusive: false }));
}
