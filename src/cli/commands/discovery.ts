/**
 * `bioweft discovery`: what discovery learns from a graph. Each part is a file of its own.
 */
import { Command } from "commander";
import { fitCommand } from "./discovery/fit.js";

/** Declares the command. */
export function command(): Command {
  return new Command("discovery")
    .description("fit the ranker that learns from an earlier slice of a graph")
    .addCommand(fitCommand());
}
