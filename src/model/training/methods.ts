/**
 * The paper's four ways of learning a task from several corpora, as phases of training. What a method needs of
 * the examples: `biorex` asks all corpora one question with one label space; `transfer` and `multitask` leave
 * every other corpus its own labels and give it a head of its own over the shared encoder. Source: Lai et al.
 * 2023 (BioREx).
 */

import type { Random } from "../../core/random.js";
import { glorot, zeros } from "../folder/initial-parameters.js";
import type { DocumentNetworkConfig } from "../networks/document-network.js";
import { type Parameters, parameter } from "../ops/parameters.js";
import type { TrainingExample } from "./examples.js";
import type { TrainingPhase } from "./plan.js";

/** `single`: the task alone; `transfer`: the others first; `multitask`, `biorex`: everything mixed first. */
export const METHODS = ["single", "transfer", "multitask", "biorex"] as const;
export type Method = (typeof METHODS)[number];

/** A corpus's examples, with how often each is seen in a mixed epoch. */
export interface CorpusExamples {
  readonly name: string;
  readonly examples: readonly TrainingExample[];
  readonly weight: number;
}

/** Whether other corpora keep their own labels, each with a head of its own. */
export function hasOwnHeads(method: Method): boolean {
  return method === "transfer" || method === "multitask";
}

/**
 * A first phase over what the method mixes, then the task, alone or with as much of the others as `lastWeights` says,
 * so that what they taught is not forgotten; phases of no epoch or no example fall away.
 */
export function methodPhases(
  method: Method,
  task: CorpusExamples,
  others: readonly CorpusExamples[],
  epochs: { readonly mixed: number; readonly task: number },
  lastWeights: ReadonlyMap<string, number> = new Map(),
): TrainingPhase[] {
  const mixture = {
    single: [],
    transfer: others,
    multitask: others.length === 0 ? [] : [task, ...others],
    biorex: others.length === 0 ? [] : [task, ...others],
  }[method];
  const first = { name: method === "transfer" ? "others" : "mixed", epochs: epochs.mixed, sources: mixture };
  const beside = others.flatMap((other) => {
    const weight = lastWeights.get(other.name);
    return weight === undefined ? [] : [{ ...other, weight }];
  });
  const sources = [{ ...task, weight: lastWeights.get(task.name) ?? 1 }, ...beside];
  const last = { name: task.name, epochs: epochs.task, sources };
  return [first, last].filter((phase) => phase.epochs > 0 && phase.sources.length > 0);
}

/** Adds a head for each corpus that has its own classes; `head.*` stays the task's. */
export function withCorpusHeads(
  parameters: Parameters,
  heads: readonly { readonly name: string; readonly classes: readonly string[] }[],
  config: Pick<DocumentNetworkConfig, "headSize">,
  random: Random,
): Parameters {
  const all = new Map(parameters);
  const hidden = parameter(parameters, "head.hidden.weight");
  for (const { name, classes } of heads) {
    const [rows = 0, columns = 0] = hidden.shape;
    all.set(`head.${name}.hidden.weight`, glorot(rows, columns, random));
    all.set(`head.${name}.hidden.bias`, zeros(rows));
    all.set(`head.${name}.output.weight`, glorot(classes.length, config.headSize, random));
    all.set(`head.${name}.output.bias`, zeros(classes.length));
  }
  return all;
}

/** What the trained model keeps: everything but the other corpora's heads. */
export function withoutCorpusHeads(parameters: Parameters): Parameters {
  const isOwn = (name: string) => /^head\.(?!(hidden|output|direction|novelty)\.)/.test(name);
  return new Map([...parameters].filter(([name]) => !isOwn(name)));
}
