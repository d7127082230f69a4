/**
 * Fits models/lexicon/mentions.json: how likely a name that stands in a text is meant there, on BioRED's training part.
 *
 *   npx tsx scripts/lexicon/fit.ts path/to/biored
 *
 * A logistic regression over ingest/lexicon/mention-features.ts. Right is a mention whose words, type and likeliest
 * identifier are an annotator's. The threshold is the one that gives the best F1 of all mentions on the fifths of the
 * training part that the fit did not see. Prints what it gave there; looks at no other part of the corpus.
 */
import { join } from "node:path";
import { corpusByName, readCorpus } from "../../ingest/corpora/reading-corpora.js";
import type { TypedHit } from "../../ingest/lexicon/mention-features.js";
import { mentionFeatures } from "../../ingest/lexicon/mention-features.js";
import { loadOwnLexicon } from "../../ingest/lexicon/own-lexicon.js";
import { hitReadings } from "../../ingest/lexicon/recognizer.js";
import { PACKAGE_ROOT } from "../../src/core/config.js";
import { type Document, documentText } from "../../src/core/document.js";
import { writeJsonFile } from "../../src/core/files/json-file.js";
import { seededRandom } from "../../src/core/random.js";

/** A reading of a hit, as the fit sees it. */
interface Example {
  readonly features: readonly string[];
  readonly right: boolean;
}

/** A document's hits, each with its readings, and how many mentions it has. */
interface Texts {
  readonly hits: readonly (readonly Example[])[];
  readonly gold: number;
}

const FOLDS = 5;
const EPOCHS = 15;
const RATE = 0.2;
const PENALTY = 0.005;
const SEEN_AT_LEAST = 4;
const TYPES = ["Gene", "Disease", "Chemical"];

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("give BioRED's folder\n");
  process.exit(2);
}
const lexicon = await loadOwnLexicon();
const texts: Texts[] = [];
for await (const document of readCorpus(corpusByName("biored"), folder, "train"))
  texts.push(toTexts(document));

const judged: { probability: number; right: boolean }[] = [];
for (let fold = 0; fold < FOLDS; fold++) {
  const weights = fitted(texts.filter((_, at) => at % FOLDS !== fold));
  for (const { hits } of texts.filter((_, at) => at % FOLDS === fold)) {
    for (const readings of hits) judged.push(surest(readings, weights));
  }
}
const gold = texts.reduce((sum, one) => sum + one.gold, 0);
const best = bestThreshold(judged, gold);
const weights = fitted(texts);
const rounded = Object.fromEntries(
  [...weights]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([feature, weight]) => [feature, Math.round(weight * 1000) / 1000]),
);
await writeJsonFile(join(PACKAGE_ROOT, "models", "lexicon", "mentions.json"), {
  threshold: best.threshold,
  weights: rounded,
});
process.stdout.write(`${JSON.stringify({ ...best, documents: texts.length, features: weights.size })}\n`);

function toTexts(document: Document): Texts {
  const text = documentText(document);
  const mentions = document.mentions.filter(({ type }) => TYPES.includes(type));
  const at = new Map(mentions.map((mention) => [`${mention.start} ${mention.end} ${mention.type}`, mention]));
  const example = (reading: TypedHit): Example => {
    const { hit, type, senses } = reading;
    const mention = at.get(`${hit.start} ${hit.end} ${type}`);
    const [likeliest] = senses;
    const right = likeliest !== undefined && mention?.ids.includes(likeliest.entity.curie) === true;
    return { features: mentionFeatures(text, reading), right };
  };
  return {
    hits: hitReadings(text, [lexicon]).map((readings) => readings.map(example)),
    gold: mentions.length,
  };
}

/** AdaGrad on the logarithmic loss, in a seeded order; features that are seen too rarely are left out. */
function fitted(parts: readonly Texts[]): Map<string, number> {
  const examples = parts.flatMap(({ hits }) => hits.flat());
  const seen = new Map<string, number>();
  for (const { features } of examples) for (const one of features) seen.set(one, (seen.get(one) ?? 0) + 1);
  const weights = new Map<string, number>();
  const squares = new Map<string, number>();
  const random = seededRandom(42);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const { features, right } of shuffled(examples, () => random.next())) {
      const used = features.filter((one) => (seen.get(one) ?? 0) >= SEEN_AT_LEAST);
      const error = probability(used, weights) - (right ? 1 : 0);
      for (const one of used) {
        const weight = weights.get(one) ?? 0;
        const slope = error + PENALTY * weight;
        const square = (squares.get(one) ?? 1e-3) + slope * slope;
        squares.set(one, square);
        weights.set(one, weight - (RATE * slope) / Math.sqrt(square));
      }
    }
  }
  return weights;
}

function probability(features: readonly string[], weights: ReadonlyMap<string, number>): number {
  return 1 / (1 + Math.exp(-features.reduce((sum, one) => sum + (weights.get(one) ?? 0), 0)));
}

function surest(readings: readonly Example[], weights: ReadonlyMap<string, number>) {
  return readings
    .map(({ features, right }) => ({ probability: probability(features, weights), right }))
    .reduce((a, b) => (b.probability > a.probability ? b : a));
}

function bestThreshold(cases: readonly { probability: number; right: boolean }[], mentions: number) {
  let best = { threshold: 0, precision: 0, recall: 0, f1: 0 };
  let [kept, right] = [0, 0];
  for (const one of [...cases].sort((a, b) => b.probability - a.probability)) {
    kept += 1;
    if (one.right) right += 1;
    const f1 = (2 * right) / (kept + mentions);
    if (f1 > best.f1) {
      best = {
        threshold: Math.round(one.probability * 1000) / 1000,
        precision: right / kept,
        recall: right / mentions,
        f1,
      };
    }
  }
  return best;
}

function shuffled<Item>(items: readonly Item[], next: () => number): Item[] {
  const copy = [...items];
  for (let at = copy.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [copy[at], copy[other]] = [copy[other] as Item, copy[at] as Item];
  }
  return copy;
}
