/**
 * `bioweft discovery`: questions to the graph, and what discovery learns from it. Each part is a file of its own.
 */
import { Command } from "commander";
import { explainCommand } from "./discovery/explain.js";
import { fitCommand } from "./discovery/fit.js";
import { openCommand } from "./discovery/open.js";
import { pathsCommand } from "./discovery/paths.js";

/** Declares the command. */
export function command(): Command {
  return new Command("discovery")
    .description("ask what the graph implies, and fit the ranker that learns from an earlier slice of it")
    .addCommand(openCommand())
    .addCommand(explainCommand())
    .addCommand(pathsCommand())
    .addCommand(fitCommand());
}
