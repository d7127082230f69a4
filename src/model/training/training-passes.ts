/**
 * Training examples → labelled passes of a network: the pairs drawn, names masked by lot, a teacher's answers beside
 * the gold ones.
 */
import { type Candidate, candidateEntities } from "../../core/candidate.js";
import type { Random } from "../../core/random.js";
import { required } from "../../core/required.js";
import { negativeClasses, rowsByCandidate } from "../answers/strongest-reading.js";
import { QUALIFIERS, type QualifierName } from "../inputs/labels.js";
import type { WordPieceTokenizer } from "../text/tokenizer.js";
import { samplePairs, type TrainingExample, UNKNOWN } from "./examples.js";
import type { ExamplePass, Learner } from "./learner.js";
import { maskToken } from "./mask-token.js";
import type { LabelledPass } from "./relation-loss.js";
import type { Teacher } from "./teacher.js";

/** What turns examples into passes. */
export interface PassSettings<Name extends string> {
  readonly learner: Learner<Name>;
  readonly tokenizer: WordPieceTokenizer;
  readonly classes: readonly string[];
  readonly maxPairs: number;
  readonly mentionDropout: number;
  readonly teacher?: Teacher;
  /** What the network says beside the class. */
  readonly qualifiers?: readonly QualifierName[];
}

/** The passes of one example as it is learned; `random` decides what is drawn. */
export async function trainingPasses<Name extends string>(
  example: TrainingExample,
  settings: PassSettings<Name>,
  random: Random,
): Promise<LabelledPass<Name>[]> {
  const sample = samplePairs(example, settings.maxPairs, random);
  const tokenizer = withMaskedNames(settings.tokenizer, sample, settings.mentionDropout, random);
  const soft = await settings.teacher?.answers(sample);
  // A corpus's own head has its own classes, of which the first is its None.
  const negatives = sample.head === undefined ? negativeClasses(settings.classes) : [0];
  return settings.learner.passes(sample, tokenizer).map(({ feeds, candidates: rows }) => {
    const readings = rowsByCandidate(rows);
    const candidates = [...readings.keys()];
    return {
      feeds,
      targets: targetsOf(sample, candidates),
      ...(candidates.length === rows.length ? {} : { readings: { rows: [...readings.values()], negatives } }),
      ...(sample.head === undefined ? {} : { head: sample.head }),
      ...(soft === undefined ? {} : { soft: candidates.map((candidate) => soft.get(candidate)) }),
      ...qualifierColumns(sample, candidates, settings.qualifiers),
    };
  });
}

/** What the columns behind the classes should say; nothing is known of them where the example has a head of its own. */
function qualifierColumns(
  example: TrainingExample,
  candidates: readonly Candidate[],
  names: readonly QualifierName[] = [],
): Pick<LabelledPass, "qualifiers"> {
  if (names.length === 0) return {};
  const places = new Map(example.candidates.map((candidate, index) => [candidate, index]));
  const known = example.head === undefined ? example.qualifiers : undefined;
  const targets = (name: QualifierName) =>
    candidates.map((candidate) => known?.[name][places.get(candidate) ?? -1] ?? UNKNOWN);
  return { qualifiers: names.map((name) => ({ outputs: QUALIFIERS[name].length, targets: targets(name) })) };
}

/** The passes of all of an example's pairs, nothing drawn by lot. */
export function examplePasses<Name extends string>(
  example: TrainingExample,
  { learner, tokenizer }: Pick<PassSettings<Name>, "learner" | "tokenizer">,
): ExamplePass<Name>[] {
  return learner.passes(example, tokenizer);
}

/** The classes of some of an example's candidates. */
export function targetsOf(example: TrainingExample, candidates: readonly Candidate[]): number[] {
  const targets = new Map(
    example.candidates.map((candidate, index) => [
      candidate,
      required(example.targets[index], "the target of a pair"),
    ]),
  );
  return candidates.map((candidate) => required(targets.get(candidate), "the target of a pair"));
}

/** A tokenizer that hides the names of some entities, each with probability `share`, in all their mentions. */
function withMaskedNames(
  tokenizer: WordPieceTokenizer,
  { candidates }: TrainingExample,
  share: number,
  random: Random,
): WordPieceTokenizer {
  if (share === 0) return tokenizer;
  const mask = maskToken(tokenizer);
  const hidden = candidateEntities(candidates)
    .filter(() => random.next() < share)
    .flatMap(({ mentions }) => mentions);
  const isHidden = (tokenStart: number, tokenEnd: number) =>
    hidden.some(({ start, end }) => tokenStart < end && tokenEnd > start);
  return withTokenIds(tokenizer, (id, start, end) => (isHidden(start, end) ? mask : id));
}

/** A tokenizer whose tokens have other ids, given what each was and the span of its word. */
export function withTokenIds(
  tokenizer: WordPieceTokenizer,
  change: (id: number, start: number, end: number) => number,
): WordPieceTokenizer {
  return {
    ...tokenizer,
    tokenize: (text) => {
      const { ids, starts, ends } = tokenizer.tokenize(text);
      const changed = ids.map((id, index) =>
        change(
          id,
          required(starts[index], "where a token begins"),
          required(ends[index], "where a token ends"),
        ),
      );
      return { ids: changed, starts, ends };
    },
  };
}
