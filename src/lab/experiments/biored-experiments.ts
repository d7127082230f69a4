/**
 * The experiments that end on BioRED: Table 3 (the four methods), the data-size ablation and the comparison of
 * encoders. The paper scores its test set, which nobody may tune on; here it is BioRED's Dev.
 */

import { basename, resolve } from "node:path";
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { documentCandidates } from "../../core/candidate.js";
import { required } from "../../core/required.js";
import { scoreRelations } from "../../evaluation/relation-scores.js";
import { hasOwnHeads, METHODS, type Method } from "../../model/training/methods.js";
import { percent, type ResultTable } from "../../terminal/result-table.js";
import {
  absenceNote,
  answersOf,
  type CellPlan,
  type CellScores,
  cell,
  type Experiment,
  presentCorpora,
  toCellScores,
} from "./experiment.js";

/** F1 of the paper's Table 3, pair level, in percent. */
const PAPER_METHODS: Readonly<Record<Method, number>> = {
  single: 74.4,
  transfer: 77.6,
  multitask: 78.0,
  biorex: 79.6,
};

/** The paper's ablation: BioRED documents, F1 with BioRED alone, and with the eight others. */
const PAPER_SIZES = [
  { documents: 100, single: 59.1, biorex: 68.4 },
  { documents: 200, single: 64.1, biorex: 72.4 },
  { documents: 300, single: 72.0, biorex: 75.8 },
  { documents: 400, single: 74.0, biorex: 77.8 },
  { documents: 500, single: 74.4, biorex: 79.6 },
] as const;

const OUR_NETWORK =
  "scored on BioRED Dev, the paper's figures on the test set, with its pair network (--network pair)";

/** Table 3: the four methods of learning BioRED from all corpora. */
export async function table3(experiment: Experiment): Promise<ResultTable> {
  const corpora = await presentCorpora(experiment);
  const rows = [];
  const oneHead = experiment.learning.network === "pair";
  for (const method of METHODS.filter((one) => !(oneHead && hasOwnHeads(one)))) {
    const scores = await bioredCell(experiment, { name: method, method, corpora });
    rows.push([method, percent(scores.pair), percent(scores.typed), PAPER_METHODS[method]]);
  }
  return {
    title: "Table 3: methods, F1 on BioRED",
    columns: ["method", "pair", "typed", "paper"],
    rows,
    notes: [
      OUR_NETWORK,
      ...(oneHead ? ["the pair network has one head: no transfer and no multi-task learning"] : []),
      ...absenceNote(corpora),
    ],
  };
}

/** The data-size ablation: growing shares of BioRED, alone and with all of the others. */
export async function ablation(experiment: Experiment): Promise<ResultTable> {
  const corpora = await presentCorpora(experiment);
  const rows = [];
  for (const [index, paper] of PAPER_SIZES.entries()) {
    const share = (index + 1) / PAPER_SIZES.length;
    const fraction = share * experiment.learning.fraction;
    const scores: CellScores[] = [];
    for (const method of ["single", "biorex"] as const) {
      const name = `${method}-${Math.round(100 * share)}`;
      scores.push(await bioredCell(experiment, { name, method, corpora, fraction }));
    }
    const figures = scores.flatMap(({ pair, typed }) => [percent(pair), percent(typed)]);
    rows.push([`${100 * share} %`, ...figures, String(paper.documents), paper.single, paper.biorex]);
  }
  return {
    title: "Data-size ablation, F1 on BioRED",
    columns: [
      ...["of BioRED", "alone: pair", "typed", "with others: pair", "typed"],
      ...["paper: documents", "alone", "with others"],
    ],
    rows,
    notes: [OUR_NETWORK, ...absenceNote(corpora)],
  };
}

/** Encoders: what each reaches and what it costs here. */
export async function encoders(experiment: Experiment): Promise<ResultTable> {
  const corpora = await presentCorpora(experiment);
  const rows = [];
  for (const encoder of experiment.encoders) {
    const name = basename(resolve(encoder));
    const scores = await bioredCell(experiment, { name, method: "biorex", corpora, encoder });
    rows.push([name, percent(scores.pair), percent(scores.typed), scores.secondsPer1000Pairs]);
  }
  return {
    title: "Encoders: F1 on BioRED, and seconds per 1,000 pairs on this machine",
    columns: ["encoder", "pair", "typed", "s/1,000 pairs"],
    rows,
    notes: [
      "paper, per 1,000 pairs: PubMedBERT 100 s on a GPU and 354 s on a CPU, Bioformer 55 s and 192 s",
      OUR_NETWORK,
      ...absenceNote(corpora),
    ],
  };
}

/** A cell that is scored on BioRED Dev, with the time that its answers took. */
function bioredCell(
  experiment: Experiment,
  plan: CellPlan & { readonly corpora: readonly CorpusDeclaration[] },
): Promise<CellScores & { readonly secondsPer1000Pairs: number }> {
  return cell(experiment, plan, async (modelDir) => {
    const biored = required(plan.corpora[0], "BioRED, the experiment's first corpus,");
    const began = performance.now();
    const answers = await answersOf(modelDir, biored, readCorpus(biored, experiment.from, "dev"));
    const seconds = (performance.now() - began) / 1000;
    const pairs = answers.reduce((sum, { document }) => sum + documentCandidates(document).length, 0);
    return { ...toCellScores(scoreRelations(answers)), secondsPer1000Pairs: (1000 * seconds) / pairs };
  });
}
