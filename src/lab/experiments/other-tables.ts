/**
 * The experiments that do not end on BioRED: Table 4 (one BioREx model on the other corpora), Table 5 (drug
 * combinations) and Table 6 (gene–disease pairs of a list). What is scored is learned by no cell that scores it.
 */

import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { NARY } from "../../../ingest/corpora/declared/nary.js";
import { corpusFiles, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import {
  type ListedPair,
  readPairList,
  readPublicationIds,
} from "../../../ingest/formats/tables/pair-list.js";
import { type Document, publicationOf } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import { required } from "../../core/required.js";
import { documentFolds } from "../../evaluation/folds.js";
import { scoreRelations } from "../../evaluation/relation-scores.js";
import { percent, type ResultTable } from "../../terminal/result-table.js";
import { scoreRebuilt } from "../evaluation/combination-scores.js";
import { scoreListedPairs } from "../evaluation/listed-pair-scores.js";
import { publishedFigure, scoringRule } from "../evaluation/scoring-rule.js";
import {
  absenceNote,
  answersOf,
  type CellScores,
  cell,
  type Experiment,
  presentCorpora,
  toCellScores,
} from "./experiment.js";

const CROSS_VALIDATED = ["aimed", "hprd50"];
/** Share of a corpus that is scored where it is published in one part. */
const SCORED_SHARE = 0.2;

/** Table 4: BC5CDR, DDI, DrugProt on a held-back part, AIMed and HPRD50 by cross-validation. */
export async function table4(experiment: Experiment): Promise<ResultTable> {
  const corpora = await presentCorpora(experiment);
  const scored = corpora.filter((one) => one.name !== "biored" && publishedFigure(one) !== undefined);
  const sums = new Map<string, CellScores[]>();
  for (let fold = 0; fold < experiment.folds; fold++) {
    const parts = new Map<CorpusDeclaration, Document[]>();
    for (const one of scored) {
      // The corpora that are not cross-validated are scored once, by the first fold's model.
      const documents = await scoredPart(one, experiment, fold);
      if (documents.length > 0) parts.set(one, documents);
    }
    const without = new Set([...parts.values()].flat().map(publicationOf));
    const plan = { name: `fold-${fold + 1}`, method: "biorex", corpora, without } as const;
    const figures = await cell(experiment, plan, async (modelDir) => {
      const found: Record<string, CellScores> = {};
      for (const [corpus, documents] of parts) {
        const answers = await answersOf(modelDir, corpus, streamed(documents));
        found[corpus.name] = toCellScores(scoreRelations(answers, scoringRule(corpus)));
      }
      return found;
    });
    for (const [name, scores] of Object.entries(figures)) sums.set(name, [...(sums.get(name) ?? []), scores]);
  }
  return {
    title: "Table 4: one BioREx model on other corpora, F1",
    columns: ["corpus", "pair", "typed", "paper", "paper's figure"],
    rows: scored.map((corpus) => {
      const mean = meanScores(required(sums.get(corpus.name), `the scores of ${corpus.name}`));
      const paper = publishedFigure(corpus);
      return [
        corpus.name,
        percent(mean.pair),
        percent(mean.typed),
        paper === undefined ? undefined : percent(paper.f1),
        paper?.figure,
      ];
    }),
    notes: [
      `AIMed and HPRD50: mean over ${experiment.folds} folds; the others: their development part, or a fifth where there is none`,
      ...absenceNote(corpora),
    ],
  };
}

/** Table 5: drug combinations rebuilt from pairs, on a fifth of the training sentences. */
export async function table5(experiment: Experiment): Promise<ResultTable> {
  const corpora = await presentCorpora(experiment);
  const documents = await split(NARY, experiment, 0, Math.round(1 / SCORED_SHARE));
  const without = new Set(documents.map(publicationOf));
  const plan = { name: "nary", method: "biorex", corpora: [NARY, ...corpora], without } as const;
  const figures = await cell(experiment, { ...plan, taskEpochs: experiment.epochs }, async (modelDir) => {
    const scores = scoreRebuilt(await answersOf(modelDir, NARY, streamed(documents)), NARY);
    if (scores === undefined)
      throw new BioWeftError("INTERNAL", "the drug combinations lost their relations");
    return scores;
  });
  const row = (name: string, exact: number, partial: number, paper: readonly number[]) => [
    ...[name, percent(exact), percent(partial)],
    ...paper,
  ];
  return {
    title: "Table 5: drug combinations, F1",
    columns: ["combinations", "exact", "partial", "paper: exact", "partial"],
    rows: [
      row("positive", figures.positive.exact.f1, figures.positive.partial.f1, [66.2, 71.4]),
      row("any", figures.any.exact.f1, figures.any.partial.f1, [75.8, 81.8]),
    ],
    notes: [
      "scored on a fifth of the training sentences, the paper's on its test set",
      ...absenceNote(corpora),
    ],
  };
}

/** Table 6: gene–disease pairs of a list, on its documents. */
export async function table6(experiment: Experiment): Promise<ResultTable> {
  const { pairs: list, documents, ids } = experiment;
  if (list === undefined || documents === undefined) {
    const reason =
      "table 6 scores a list of gene–disease pairs: give --pairs (RENET2's table) and --documents (their texts; `bioweft join` makes them)";
    throw new BioWeftError("CONFIG", reason);
  }
  const corpora = await presentCorpora(experiment);
  const without = new Set<string>();
  for await (const document of readDocuments(documents)) without.add(publicationOf(document));
  const figures = await cell(
    experiment,
    { name: "listed", method: "biorex", corpora, without },
    async (dir) => {
      const pairs: ListedPair[] = [];
      for await (const pair of readPairList(list)) pairs.push(pair);
      const pmids = ids === undefined ? undefined : await readPublicationIds(ids);
      const biored = required(corpora[0], "BioRED, the experiment's first corpus,");
      const { pair, listed, absent } = scoreListedPairs(
        await answersOf(dir, biored, readDocuments(documents)),
        pairs,
        pmids,
      );
      return { precision: pair.precision, recall: pair.recall, f1: pair.f1, listed, absent };
    },
  );
  const { precision, recall, f1, listed, absent } = figures;
  return {
    title: "Table 6: gene–disease pairs of whole documents",
    columns: ["", "P", "R", "F1", "paper: P", "R", "F1"],
    rows: [["BioREx", percent(precision), percent(recall), percent(f1), 81.8, 86.8, 84.2]],
    notes: [`${listed} listed pairs, ${absent} more without their document`, ...absenceNote(corpora)],
  };
}

/** The documents of a corpus that this fold scores. */
async function scoredPart(
  corpus: CorpusDeclaration,
  experiment: Experiment,
  fold: number,
): Promise<Document[]> {
  if (CROSS_VALIDATED.includes(corpus.name)) return split(corpus, experiment, fold, experiment.folds);
  if (fold > 0) return [];
  const published = await corpusFiles(corpus, experiment.from, "dev").catch(() => []);
  if (published.length === 0) return split(corpus, experiment, 0, Math.round(1 / SCORED_SHARE));
  const documents: Document[] = [];
  for await (const document of readCorpus(corpus, experiment.from, "dev")) documents.push(document);
  return documents.slice(0, experiment.learning.limit);
}

/** One of so many parts of a corpus. */
async function split(
  corpus: CorpusDeclaration,
  { from, learning }: Experiment,
  part: number,
  parts: number,
): Promise<Document[]> {
  const documents: Document[] = [];
  for await (const document of readCorpus(corpus, from, "train")) documents.push(document);
  const folds = documentFolds(documents.slice(0, learning.limit), {
    count: parts,
    seed: learning.settings.seed,
  });
  return [...required(folds[part], "a fold").test];
}

async function* streamed(documents: readonly Document[]): AsyncGenerator<Document> {
  yield* documents;
}

function meanScores(scores: readonly CellScores[]): CellScores {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return { pair: mean(scores.map(({ pair }) => pair)), typed: mean(scores.map(({ typed }) => typed)) };
}
