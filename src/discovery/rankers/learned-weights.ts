/**
 * What the learned ranker learned, and its file: a small JSON beside the graph, weights for each pair of types. Says of which
 * slice they are, so that nobody takes them for another graph's.
 */
import { z } from "zod";
import { readJsonFile, writeJsonFile } from "../../core/files/json-file.js";
import { ENTITY_TYPES, type EntityType } from "../../core/relation-types.js";

/** The two forms in which the ranker takes every feature. */
export const FEATURE_FORMS = ["asinh", "log"] as const;
export type FeatureForm = (typeof FEATURE_FORMS)[number];

/** One feature's part of the weights. */
export interface FeatureWeight {
  readonly name: string;
  readonly form: FeatureForm;
  /** Mean of its values above 0 in the slice it was fitted on: its usual size. */
  readonly usual: number;
  /** Mean and deviation of the scaled feature there. */
  readonly mean: number;
  readonly deviation: number;
  readonly weight: number;
}

/** The weights for starts of one type and candidates of another. */
export interface LearnedWeights {
  readonly fromType: EntityType;
  readonly targetType: EntityType;
  /** Every feature in every form, the features in their order within a form. */
  readonly features: readonly FeatureWeight[];
  readonly intercept: number;
}

/** A file of weights: those of a graph as of a cutoff, from what became known until a later year. */
export interface LearnedModel {
  readonly cutoff: number;
  readonly until: number;
  readonly weights: readonly LearnedWeights[];
}

const FORMAT = "bioweft discovery weights 1";
const finite = z.number().refine(Number.isFinite);
const entityType = z.enum(ENTITY_TYPES);
const schema = z.object({
  format: z.literal(FORMAT),
  cutoff: z.number(),
  until: z.number(),
  weights: z.array(
    z.object({
      fromType: entityType,
      targetType: entityType,
      features: z.array(
        z.object({
          name: z.string(),
          form: z.enum(FEATURE_FORMS),
          usual: finite,
          mean: finite,
          deviation: finite,
          weight: finite,
        }),
      ),
      intercept: finite,
    }),
  ),
});

/** Writes the weights. */
export function writeLearnedModel(file: string, model: LearnedModel): Promise<void> {
  return writeJsonFile(file, { format: FORMAT, ...model });
}

/** Reads weights. Throws MODEL for a file that is none of ours. */
export function readLearnedModel(file: string): Promise<LearnedModel> {
  return readJsonFile(file, schema, "no weights of `bioweft discovery fit`; fit them again");
}

/** The weights for a question of these types, or undefined where none were fitted. */
export function weightsFor(
  model: LearnedModel | undefined,
  fromType: EntityType,
  targetType: EntityType | undefined,
): LearnedWeights | undefined {
  return model?.weights.find((one) => one.fromType === fromType && one.targetType === targetType);
}
