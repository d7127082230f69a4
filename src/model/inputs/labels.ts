/**
 * The rows of a network's tables and outputs: relation classes, prompts and entity markers. Kept by name in the
 * checkpoint, so that a model with other corpora has other rows and nothing is hard-coded by number.
 */
import { BioWeftError } from "../../core/errors.js";
import type { RelationTask } from "../../core/relation-task.js";
import { PAIR_ENTITY_TYPES, type PairEntityType, RELATION_TYPES } from "../../core/relation-types.js";

/** What a network can say of a related pair beside its type, each with the names of its outputs, in order. */
export const QUALIFIERS = {
  /** Which end of the candidate acts on the other. */
  direction: ["subject", "object", "neither"],
  /** Whether the paper claims the relation as its own finding. */
  novelty: ["novel", "known"],
} as const;
/** One of them. */
export type QualifierName = keyof typeof QUALIFIERS;
/** All of them, in the order of their outputs. */
export const QUALIFIER_NAMES = Object.keys(QUALIFIERS) as QualifierName[];

/** How many outputs some qualifiers have together; they come after the classes. */
export function qualifierOutputs(names: readonly QualifierName[] = []): number {
  return names.reduce((sum, name) => sum + QUALIFIERS[name].length, 0);
}

/** Names of the classifier's outputs and of the rows of `special.weight`, in order. */
export interface ModelLabels {
  /** `None`, the eight relation types, then the corpora's own negatives. */
  readonly classes: readonly string[];
  /** `prompt:BioRED`, `marker:BioRED:Gene:subject`, … */
  readonly specials: readonly string[];
  /** What else it says of a related pair; absent: nothing. */
  readonly qualifiers?: readonly QualifierName[];
}

/** The prompt and markers that prediction uses. */
export const DEFAULT_PROMPT = "BioRED";
/** The task that prediction poses unless another is asked for. */
export const BIORED_TASK = { prompt: DEFAULT_PROMPT, ownMarkers: false } as const;

/** Labels for a model trained on these tasks; BioRED's are always there. */
export function modelLabels(tasks: readonly RelationTask[]): ModelLabels {
  const prompts = new Set([DEFAULT_PROMPT, ...tasks.map((task) => task.prompt)]);
  const tagSets = new Set([DEFAULT_PROMPT, ...tasks.map(markerSet)]);
  const markers = [...tagSets].flatMap((set) =>
    PAIR_ENTITY_TYPES.flatMap((role) => [markerName(set, role, "subject"), markerName(set, role, "object")]),
  );
  return {
    classes: [...new Set(["None", ...RELATION_TYPES, ...tasks.map((task) => task.noneClass)])],
    specials: [...[...prompts].map(promptName), ...markers],
  };
}

/** A corpus's question as a model of ours can be asked it: BioRED's where it was not trained on that corpus. */
export function askedTask(
  specials: readonly string[],
  task: Pick<RelationTask, "prompt" | "ownMarkers"> | undefined,
): Pick<RelationTask, "prompt" | "ownMarkers"> {
  return task !== undefined && specials.includes(promptName(task.prompt)) ? task : BIORED_TASK;
}

/** The marker set that a task's entities wear. */
export function markerSet(task: Pick<RelationTask, "prompt" | "ownMarkers">): string {
  return task.ownMarkers ? task.prompt : DEFAULT_PROMPT;
}

/** Name of a prompt token's row in the table of our own tokens. */
export function promptName(prompt: string): string {
  return `prompt:${prompt}`;
}

/** Name of a marker's row there: one a set of markers, role and end of the pair. */
export function markerName(set: string, role: PairEntityType, end: "subject" | "object"): string {
  return `marker:${set}:${role}:${end}`;
}

/** Index of a name; throws MODEL when the model was not trained with it. */
export function labelIndex(names: readonly string[], name: string): number {
  const index = names.indexOf(name);
  if (index >= 0) return index;
  throw new BioWeftError("MODEL", `the model does not know "${name}"; it knows ${names.join(", ")}`);
}
