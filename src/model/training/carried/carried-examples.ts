/**
 * Training examples as plain arrays, for a trainer that knows no documents (scripts/train-gpu): the document network's
 * views, which words name which entity in them, and the classes to learn.
 */
import { type Candidate, candidateEntities } from "../../../core/candidate.js";
import { PAIR_ENTITY_TYPES } from "../../../core/relation-types.js";
import { required } from "../../../core/required.js";
import { rowsByCandidate } from "../../answers/strongest-reading.js";
import type { DocumentView } from "../../inputs/document-input.js";
import { viewMaker } from "../../inputs/document-input.js";
import type { ModelLabels } from "../../inputs/labels.js";
import { FEATURES } from "../../inputs/pair-features.js";
import type { WordPieceTokenizer } from "../../text/tokenizer.js";
import type { TrainingExample } from "../examples.js";
import { targetsOf, withTokenIds } from "../training-passes.js";

/**
 * Columns of the arrays, each a number for every token, reading, link (an entity's mention), pair or entity of all
 * views, one view after the other. `sizes` says how many of each a view has.
 */
export interface CarriedArrays {
  /** (views, 5): tokens, readings, links, pairs, entities. */
  readonly sizes: Int32Array;
  /** A row of `special.weight` for each view. */
  readonly prompts: Int32Array;
  /** Word ids, and the entity that each word names: its index in the view, −1 for none. */
  readonly tokens: Int32Array;
  readonly owners: Int32Array;
  /** Of each reading: its markers' rows of `special.weight`, their positions, its entities, its features as bits, its pair. */
  readonly subjectMarkers: Int32Array;
  readonly objectMarkers: Int32Array;
  readonly subjectPositions: Int32Array;
  readonly objectPositions: Int32Array;
  readonly subjects: Int32Array;
  readonly objects: Int32Array;
  readonly features: Int32Array;
  readonly pairs: Int32Array;
  /** An entity of the view and the text row of one of its mentions. */
  readonly linkEntities: Int32Array;
  readonly linkRows: Int32Array;
  /** Of each pair: its class, or UNLABELLED. */
  readonly targets: Int32Array;
  /** Of each entity: its type's place in PAIR_ENTITY_TYPES. */
  readonly roles: Int32Array;
}

/** What makes views of examples. */
export interface CarriedViewSettings {
  readonly tokenizer: WordPieceTokenizer;
  readonly labels: ModelLabels;
  readonly maxPositions: number;
  readonly mentionPairs: number;
}

/** One view's part of every array. */
type Columns = Readonly<Record<keyof CarriedArrays, ArrayLike<number>>>;

/** The arrays of some examples, at least one, and the first view of each; one past the last example's at the end. */
export function carriedExamples(
  examples: readonly TrainingExample[],
  settings: CarriedViewSettings,
): { readonly arrays: CarriedArrays; readonly firstViews: readonly number[] } {
  const views: Columns[] = [];
  const firstViews = [0];
  for (const example of examples) {
    for (const { view, owners } of exampleViews(example, settings)) {
      views.push(viewColumns(example, view, owners));
    }
    firstViews.push(views.length);
  }
  const names = Object.keys(views[0] ?? {}) as (keyof CarriedArrays)[];
  const joined = (name: keyof CarriedArrays) =>
    Int32Array.from(views.flatMap((columns) => Array.from(columns[name])));
  const arrays = Object.fromEntries(names.map((name) => [name, joined(name)]));
  return { arrays: arrays as unknown as CarriedArrays, firstViews };
}

/** An example's pairs in the order of the arrays; one that two views read stands there twice. */
export function carriedPairs(example: TrainingExample, settings: CarriedViewSettings): Candidate[] {
  return viewsOf(example, settings, settings.tokenizer).flatMap(viewPairs);
}

function viewPairs({ readings }: DocumentView): Candidate[] {
  return [...rowsByCandidate(readings.map(({ candidate }) => candidate)).keys()];
}

function viewsOf(
  { document, task, candidates }: TrainingExample,
  settings: CarriedViewSettings,
  tokenizer: WordPieceTokenizer,
): DocumentView[] {
  const limits = { ...settings, maxRows: candidates.length * settings.mentionPairs };
  return viewMaker(tokenizer, settings.labels, task, limits)(document, candidates);
}

/** An example's views, each with the entity that every token names; all pairs of a window in one. */
function exampleViews(example: TrainingExample, settings: CarriedViewSettings) {
  const entities = candidateEntities(example.candidates);
  const owner = (start: number, end: number) =>
    entities.findIndex(({ mentions }) => mentions.some((one) => start < one.end && end > one.start));
  // The same views once more, with owners in the place of words: so both are cut into windows alike.
  const named = withTokenIds({ ...settings.tokenizer, cls: -1, sep: -1 }, (_, start, end) =>
    owner(start, end),
  );
  const owners = viewsOf(example, settings, named);
  return viewsOf(example, settings, settings.tokenizer).map((view, index) => {
    const own = candidateEntities(view.readings.map(({ candidate }) => candidate));
    const place = (code: number) => own.findIndex((entity) => entity === entities[code]);
    return { view, owners: Array.from(required(owners[index], "the owners of a view").tokens, place) };
  });
}

function viewColumns(example: TrainingExample, view: DocumentView, owners: readonly number[]): Columns {
  const candidates = viewPairs(view);
  const entities = candidateEntities(candidates);
  const links = entities.flatMap((_, entity) =>
    [...view.mentionRows].flatMap((row, mention) =>
      view.membership[entity * view.mentionRows.length + mention] === 1 ? [[entity, row] as const] : [],
    ),
  );
  const readings = view.readings.length;
  const part = (values: Int32Array, end: "subject" | "object") =>
    end === "subject" ? values.subarray(0, readings) : values.subarray(readings);
  const pairOf = new Map(candidates.map((candidate, index) => [candidate, index]));
  return {
    sizes: [view.tokens.length, readings, links.length, candidates.length, entities.length],
    prompts: view.prompt,
    tokens: view.tokens,
    owners,
    subjectMarkers: part(view.markers, "subject"),
    objectMarkers: part(view.markers, "object"),
    subjectPositions: part(view.markerPositions, "subject"),
    objectPositions: part(view.markerPositions, "object"),
    subjects: view.subjects,
    objects: view.objects,
    features: featureBits(view),
    pairs: view.readings.map(({ candidate }) => required(pairOf.get(candidate), "the place of a pair")),
    linkEntities: links.map(([entity]) => entity),
    linkRows: links.map(([, row]) => row),
    targets: targetsOf(example, candidates),
    roles: entities.map(({ role }) => PAIR_ENTITY_TYPES.indexOf(role)),
  };
}

/** A reading's features, which are 0 or 1, as the bits of a number, the first the lowest. */
function featureBits({ features, readings }: DocumentView): number[] {
  return readings.map((_, index) =>
    features
      .subarray(index * FEATURES, (index + 1) * FEATURES)
      .reduce((bits, value, feature) => bits | (value << feature), 0),
  );
}
