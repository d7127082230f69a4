/** Table 2: what the corpora hold after harmonisation, beside the paper's counts. Trains nothing. */
import { isHeldOut, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { harmonizeDocument } from "../../../ingest/harmonize/harmonize-document.js";
import { type CorpusCounts, CorpusTally } from "../../../ingest/harmonize/harmonized-counts.js";
import { publicationOf } from "../../core/document.js";
import type { ResultTable } from "../../terminal/result-table.js";
import { absenceNote, type Experiment, presentCorpora } from "./experiment.js";

/** Counts every corpus that is there. */
export async function table2(experiment: Experiment): Promise<ResultTable> {
  const corpora = await presentCorpora(experiment);
  const counts: CorpusCounts[] = [];
  for (const corpus of corpora) {
    const tally = new CorpusTally(corpus);
    for await (const document of readCorpus(corpus, experiment.from, "all")) {
      if (isHeldOut(publicationOf(document))) tally.dropLeak();
      else tally.add(harmonizeDocument(document, corpus), document);
    }
    counts.push(tally.counts());
  }
  return {
    title: "Table 2: the corpora, harmonised",
    columns: ["corpus", "adjustments", "abstracts", "paper", "relations", "paper", "dropped as leaks"],
    rows: counts.map(({ corpus, adjustments, abstracts, relations, leaks, paper }) => [
      ...[corpus, adjustments, abstracts, paper?.abstracts],
      ...[relations, paper?.relations, leaks],
    ]),
    notes: [
      ...counts.flatMap(({ corpus, abstracts, relations, paper }) =>
        paper === undefined || (paper.abstracts === abstracts && paper.relations === relations)
          ? []
          : [`${corpus} differs: ${paper.differs}`],
      ),
      ...absenceNote(corpora),
    ],
  };
}
