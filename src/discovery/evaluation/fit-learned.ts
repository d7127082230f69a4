/**
 * Fits the learned ranker on an earlier slice: what was known at its cutoff, and which of the candidates became known until a
 * later year. Every query counts alike, its gold as much as the other candidates that are drawn beside it.
 */
import { BioWeftError } from "../../core/errors.js";
import { type Random, seededRandom } from "../../core/random.js";
import { ENTITY_TYPES } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import { type Adjacency, ROLE_OF_TYPE } from "../adjacency/adjacency.js";
import { FEATURE_COUNT, featureNames, featureReader, scaledFeature } from "../rankers/features.js";
import { FEATURE_FORMS, type FeatureWeight, type LearnedWeights } from "../rankers/learned-weights.js";
import { RankingQuery } from "../rankers/ranking-query.js";
import { fitLogistic } from "./logistic-regression.js";
import { type SliceOptions, type SliceQuery, type TimeSlice, timeSlice } from "./time-slice.js";

/** Candidates that are drawn beside the gold of one query, and gold that is taken at most. */
const DRAWN = 150;
const MOST_GOLD = 20;
/** Weight of the quadratic penalty, against queries that count 2 each. */
const PENALTY = 10;

/** Entities that are learned from: more change the weights little. */
export const FITTED_QUERIES = 400;
/** Years of new pairs that are learned from: more than these make the graph that is learned on small. */
export const MOST_YEARS = 5;

/** The slice that may be learned from where gold comes after a cutoff: the last years before it. */
export function earlierSlice(
  adjacency: Adjacency,
  asked: Pick<SliceOptions, "fromType" | "targetType" | "cutoff" | "until" | "seed">,
): TimeSlice {
  const { cutoff, until } = asked;
  const years = Math.min(until - cutoff, MOST_YEARS);
  return timeSlice(adjacency, { ...asked, cutoff: cutoff - years, until: cutoff, queries: FITTED_QUERIES });
}

/** Fits the weights. Throws BAD_INPUT for a slice without new pairs. */
export function fitLearned(slice: TimeSlice): LearnedWeights {
  const { fromType, targetType, cutoff, until, seed } = slice.options;
  if (slice.queries.length === 0) {
    const reason = `nothing to learn from: no new pair of a ${fromType} and a ${targetType} from ${cutoff + 1} to ${until}`;
    throw new BioWeftError("BAD_INPUT", reason);
  }
  const table = drawExamples(slice, seededRandom(seed));
  const { rows, features } = scaledColumns(Float64Array.from(table.values), names(slice));
  const counts = Float64Array.from(table.counts);
  const classes = Float64Array.from(table.classes);
  const { weights, intercept } = fitLogistic({ rows, features: features.length, classes, counts }, PENALTY);
  return {
    fromType,
    targetType,
    features: features.map((feature, index) => ({
      ...feature,
      weight: required(weights[index], "a weight"),
    })),
    intercept,
  };
}

function names({ view, queries, options }: TimeSlice): string[] {
  const [first] = queries;
  const target = required(ROLE_OF_TYPE[ENTITY_TYPES.indexOf(options.targetType)], "a type's role");
  return featureNames(first === undefined ? 0 : view.role(first.from), target);
}

/** Plain features row by row, with class and count. */
interface ExampleTable {
  readonly values: number[];
  readonly classes: number[];
  readonly counts: number[];
}

function drawExamples(slice: TimeSlice, random: Random): ExampleTable {
  const table: ExampleTable = { values: [], classes: [], counts: [] };
  for (const asked of slice.queries) drawQuery(slice, asked, random, table);
  return table;
}

/** One query's gold and as many others, the two sides counting 1 each. */
function drawQuery(slice: TimeSlice, { from, gold }: SliceQuery, random: Random, table: ExampleTable): void {
  const query = new RankingQuery(slice.view, from, { targetType: slice.options.targetType });
  const read = featureReader(query);
  const values = new Float64Array(FEATURE_COUNT);
  const add = (entity: number, isGold: boolean, count: number) => {
    read(entity, values);
    table.values.push(...values);
    table.classes.push(isGold ? 1 : 0);
    table.counts.push(count);
  };
  const known = new Set(gold);
  const learned = random.shuffle(gold).slice(0, MOST_GOLD);
  for (const entity of learned) add(entity, true, 1 / learned.length);
  for (let draw = 0; draw < DRAWN; draw++) {
    const entity = query.candidates[Math.floor(random.next() * query.candidates.length)];
    if (entity !== undefined && !known.has(entity)) add(entity, false, 1 / DRAWN);
  }
}

/** Every feature in every form, scaled to mean 0 and deviation 1, and how. */
function scaledColumns(values: Float64Array, names: readonly string[]) {
  const count = values.length / FEATURE_COUNT;
  const width = FEATURE_FORMS.length * FEATURE_COUNT;
  const rows = new Float64Array(width * count);
  const features: Omit<FeatureWeight, "weight">[] = [];
  for (const form of FEATURE_FORMS) {
    for (const [column, name] of names.entries()) {
      const plain = (row: number) => required(values[row * FEATURE_COUNT + column], "a feature's value");
      const present = meanOf(count, (row) => (plain(row) > 0 ? 1 : 0));
      const usual = present === 0 ? 1 : meanOf(count, plain) / present;
      const scaled = (row: number) => scaledFeature(form, plain(row), usual);
      const mean = meanOf(count, scaled);
      // A column that never varies is left at 0: its weight comes out as 0.
      const deviation = Math.sqrt(meanOf(count, (row) => (scaled(row) - mean) ** 2)) || 1;
      const place = features.push({ name, form, usual, mean, deviation }) - 1;
      for (let row = 0; row < count; row++) rows[row * width + place] = (scaled(row) - mean) / deviation;
    }
  }
  return { rows, features };
}

function meanOf(count: number, value: (row: number) => number): number {
  let sum = 0;
  for (let row = 0; row < count; row++) sum += value(row);
  return sum / count;
}
