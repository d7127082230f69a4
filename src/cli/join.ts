/**
 * `bioweft join`: a list of pairs without spans, or a RENET2 table, joined with annotated documents of the same
 * papers; writes the documents as JSON Lines, their relations taken from the list. Touches no database.
 */
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { Command, InvalidArgumentError, Option } from "commander";
import { toDocumentLine } from "../../ingest/formats/document-jsonl.js";
import { type JoinCounts, type JoinOptions, joinPairs } from "../../ingest/formats/join-pairs.js";
import { type PairEnds, readPairList, readPublicationIds } from "../../ingest/formats/pair-list.js";
import { readDocumentFiles } from "../../ingest/formats/read-documents.js";
import { BioWeftError, messageOf } from "../core/errors.js";
import { ENTITY_TYPES, type EntityType } from "../core/relation-types.js";
import { startProgress } from "./progress.js";
import { countRejections, type Rejections, withSkipBad } from "./rejections.js";
import { printJson, printLines } from "./report.js";

interface JoinCommandOptions {
  readonly pairs: string;
  readonly documents: string[];
  readonly out: string;
  readonly ends: PairEnds;
  readonly within: JoinOptions["scope"];
  readonly type: string;
  readonly ids?: string;
  readonly skipBad: boolean;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  const join = new Command("join")
    .description("join a list of pairs (PMID, id, id) or a RENET2 table with annotated documents")
    .requiredOption("--pairs <file>", "the list")
    .requiredOption("--documents <file...>", "the papers, annotated: PubTator, BioC or JSON lines")
    .requiredOption("--out <file.jsonl>", "where the documents go, with the list's relations")
    .option("--ends <types>", "entity types of the list's two identifiers", parseEnds, ["Gene", "Disease"])
    .addOption(
      new Option("--within <scope>", "where both must be named")
        .choices(["document", "sentence"])
        .default("sentence"),
    )
    .option("--type <name>", "what the relations are called", "Association")
    .option("--ids <file>", "table of PMCIDs and PMIDs, for documents that carry PMCIDs")
    .option("--json", "print the counts as JSON", false);
  return withSkipBad(join).action(run);
}

async function run(options: JoinCommandOptions): Promise<void> {
  const rejections = countRejections(options.skipBad);
  const counts = await joinFiles(options, rejections);
  const figures = { ...counts, rejected: rejections.count() };
  if (options.json) return printJson(figures);
  printLines(
    `${figures.documents} documents → ${options.out}; ${figures.unlisted} that the list does not know, ${figures.rejected} broken`,
    `pairs placed: ${figures.related} related, ${figures.unrelated} unrelated; left out: ${figures.unnamed} not named together, ${figures.absent} without their document`,
  );
}

async function joinFiles(options: JoinCommandOptions, rejections: Rejections): Promise<JoinCounts> {
  const progress = startProgress("join", "documents");
  const unfinished = `${options.out}.unfinished-${process.pid}`;
  let counts: JoinCounts = { documents: 0, unlisted: 0, related: 0, unrelated: 0, unnamed: 0, absent: 0 };
  const joining: JoinOptions = {
    scope: options.within,
    type: options.type,
    ...(options.ids === undefined ? {} : { pmids: await readPublicationIds(options.ids) }),
    onCounted: (counted) => {
      counts = counted;
    },
  };
  const lines = async function* () {
    const list = readPairList(options.pairs, options.ends, rejections.options);
    const documents = readDocumentFiles(options.documents, rejections.options);
    let written = 0;
    for await (const document of joinPairs(list, documents, joining)) {
      written += 1;
      progress.update(written);
      yield toDocumentLine(document);
    }
  };
  try {
    await pipeline(lines, createWriteStream(unfinished));
    await rename(unfinished, options.out);
    return counts;
  } catch (fault) {
    throw fault instanceof Error && "syscall" in fault ? unwritable(options.out, fault) : fault;
  } finally {
    progress.stop();
    await rm(unfinished, { force: true });
  }
}

function unwritable(file: string, cause: Error): BioWeftError {
  const reason = `cannot be written (${messageOf(cause)}); check its folder, its permissions and the disk`;
  return new BioWeftError("BAD_INPUT", reason, { place: { file }, cause });
}

function parseEnds(text: string): PairEnds {
  const types = text.split(",").map((name) => ENTITY_TYPES.find((type) => type === name.trim()));
  const [one, other]: readonly (EntityType | undefined)[] = types;
  if (types.length === 2 && one !== undefined && other !== undefined) return [one, other];
  throw new InvalidArgumentError(`give two of ${ENTITY_TYPES.join(", ")}, such as Gene,Disease`);
}
