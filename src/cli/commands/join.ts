/**
 * `bioweft join`: a list of pairs without spans, or a RENET2 table, joined with annotated documents of the same
 * papers, which PubTator3 or a dictionary annotates where no file has them; writes the documents as JSON Lines,
 * their relations taken from the list. Touches no database unless the graph's names are asked for.
 */

import { Command, InvalidArgumentError, Option } from "commander";
import { toDocumentLine } from "../../../ingest/formats/jsonl/document-jsonl.js";
import { checkReadable } from "../../../ingest/formats/reading/file-chunks.js";
import { type JoinCounts, type JoinOptions, joinPairs } from "../../../ingest/formats/tables/join-pairs.js";
import {
  type ListedPair,
  type PairEnds,
  readPairList,
  readPublicationIds,
} from "../../../ingest/formats/tables/pair-list.js";
import { type AnnotatorCounts, listedPapers } from "../../../ingest/sources/papers/listed-papers.js";
import { readTextTable } from "../../../ingest/sources/papers/text-table.js";
import { BioWeftError } from "../../core/errors.js";
import { writeWholeFile } from "../../core/files/whole-file.js";
import { PAIR_SCOPES, type PairScope } from "../../core/relation-task.js";
import { ENTITY_TYPES, type EntityType } from "../../core/relation-types.js";
import { onInterrupt } from "../../terminal/interrupt.js";
import { startProgress } from "../../terminal/progress.js";
import { countRejections, type Rejections, withSkipBad } from "../../terminal/rejections.js";
import { reportBeside } from "../../terminal/report.js";
import {
  type LexiconOptions,
  loadGivenRecognizer,
  loadRecognizer,
  withLexiconOptions,
} from "../options/lexicon-option.js";

interface JoinCommandOptions extends LexiconOptions {
  readonly documents: readonly string[];
  readonly pubtator3?: string;
  readonly texts?: string;
  readonly pairs: readonly string[];
  readonly out: string;
  readonly ends: PairEnds;
  readonly within: PairScope;
  readonly type: string;
  readonly ids?: string;
  readonly skipBad: boolean;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  const join = new Command("join")
    .description("join a list of pairs (PMID, id, id) or a RENET2 table with annotated documents")
    .requiredOption("--pairs <files...>", "the list, or several of one form")
    .option("--documents <file...>", "papers that are annotated: PubTator, BioC or JSON lines", [])
    .option(
      "--pubtator3 <file.jsonl>",
      "fetch the other papers, keep them in this file, never fetch them twice",
    )
    .option(
      "--texts <file>",
      "papers that PubTator3 lacks, a line each: PMID or own id, title, abstract; tabs",
    )
    .requiredOption("--out <file.jsonl>", "where the documents go, with the list's relations; - for stdout")
    .option("--ends <types>", "entity types of the list's two identifiers", parseEnds, ["Gene", "Disease"])
    .addOption(
      new Option("--within <scope>", "where both must be named").choices(PAIR_SCOPES).default("sentence"),
    )
    .option("--type <name>", "what the relations are called", "Association")
    .option("--ids <file>", "table of PMCIDs and PMIDs, for documents that carry PMCIDs")
    .option("--json", "print the counts as JSON", false);
  return withSkipBad(withLexiconOptions(join)).action(run);
}

async function run(options: JoinCommandOptions): Promise<void> {
  checkSources(options);
  const { documents, texts, pairs, ids, lexicon = [] } = options;
  const named = [texts, ids].filter((file) => file !== undefined);
  await checkReadable([...pairs, ...documents, ...lexicon, ...named]);
  const rejections = countRejections(options.skipBad);
  const annotated: AnnotatorCounts = { PubTator3: 0, dictionary: 0, nobody: 0 };
  const counts = await joinFiles(options, rejections, annotated);
  const figures = { ...counts, annotated, rejected: rejections.count() };
  rejections.warnings.say();
  const report = reportBeside(options.out);
  if (options.json) return report.printJson({ ...figures, warnings: rejections.warnings.counts() });
  report.printLines(
    `${figures.documents} documents → ${options.out}; ${figures.unlisted} that the list does not know, ${figures.rejected} broken`,
    `papers annotated by PubTator3: ${annotated.PubTator3}, by the dictionary: ${annotated.dictionary}, by nobody: ${annotated.nobody}`,
    `pairs placed: ${figures.related} related, ${figures.unrelated} unrelated; left out: ${figures.unnamed} not named together, ${figures.absent} without their document`,
  );
}

/** Papers must come from somewhere. */
function checkSources({ documents, pubtator3, texts }: JoinCommandOptions): void {
  if (documents.length === 0 && pubtator3 === undefined && texts === undefined) {
    const reason = "no papers; give --documents, --pubtator3 (which fetches them), or --texts";
    throw new BioWeftError("CONFIG", reason);
  }
}

async function joinFiles(
  options: JoinCommandOptions,
  rejections: Rejections,
  annotated: AnnotatorCounts,
): Promise<JoinCounts> {
  const reading = rejections.options;
  const texts = await readTextTable(options.texts, reading);
  const pairs: ListedPair[] = [];
  for (const file of options.pairs) {
    for await (const pair of readPairList(file, options.ends, { ...reading, ownIds: texts.ids }))
      pairs.push(pair);
  }
  let counts: JoinCounts = { documents: 0, unlisted: 0, related: 0, unrelated: 0, unnamed: 0, absent: 0 };
  const numbered = options.ids === undefined ? {} : { pmids: await readPublicationIds(options.ids) };
  const joining: JoinOptions = {
    scope: options.within,
    type: options.type,
    ...numbered,
    onCounted: (counted) => {
      counts = counted;
    },
  };
  const interrupt = onInterrupt();
  const lines = async function* () {
    const { documents, pubtator3 } = options;
    const kept = pubtator3 === undefined ? {} : { pubtator3 };
    // What PubTator3 left unannotated stays so, unless names are given for it.
    const recognizer = () =>
      options.texts === undefined ? loadGivenRecognizer(options) : loadRecognizer(options);
    const sources = { documents, texts, ...kept, loadRecognizer: recognizer };
    const state = { reading, signal: interrupt.signal, showProgress: startProgress, counts: annotated };
    const papers = listedPapers(pairs, sources, { ...state, ...numbered });
    for await (const document of joinPairs(pairs, papers, joining)) {
      if (interrupt.signal.aborted) throw new BioWeftError("CANCELLED", "stopped; run it again to go on");
      yield toDocumentLine(document);
    }
  };
  try {
    await writeWholeFile(options.out, lines);
    return counts;
  } finally {
    interrupt.release();
  }
}

function parseEnds(text: string): PairEnds {
  const types = text.split(",").map((name) => ENTITY_TYPES.find((type) => type === name.trim()));
  const [one, other]: readonly (EntityType | undefined)[] = types;
  if (types.length === 2 && one !== undefined && other !== undefined) return [one, other];
  throw new InvalidArgumentError(`give two of ${ENTITY_TYPES.join(", ")}, such as Gene,Disease`);
}
