/**
 * `bioweft ingest pubmed`: PubMed's own records into the graph, by a query, by a list of PMIDs, or from baseline and update
 * files; mentions are PubTator3's or a dictionary's.
 */
import { Command } from "commander";
import { checkReadable } from "../../../../ingest/formats/reading/file-chunks.js";
import type { Annotator } from "../../../../ingest/lexicon/annotated-papers.js";
import { configuredEutils } from "../../../../ingest/sources/eutils/client.js";
import { pmidsSource, querySource } from "../../../../ingest/sources/eutils/eutils-source.js";
import { annotatedItems } from "../../../../ingest/sources/pubmed/annotated-items.js";
import { pubMedSource } from "../../../../ingest/sources/pubmed/pubmed-source.js";
import { configuredPubTator3 } from "../../../../ingest/sources/pubtator3/client.js";
import type { LiteratureSource } from "../../../../ingest/sources/source.js";
import { BioWeftError } from "../../../core/errors.js";
import { type LexiconOptions, loadRecognizer, withLexiconOptions } from "../../options/lexicon-option.js";
import { type LoadOptions, loadFrom, withLoadOptions } from "./loading.js";

/** What the command line says. */
interface PubMedOptions extends LoadOptions, LexiconOptions {
  readonly query?: string;
  readonly pmids?: string;
  readonly baseline?: string;
  readonly updates?: string;
  readonly pubtator3: boolean;
  readonly names: boolean;
}

/** Declares the command. */
export function pubmedCommand(): Command {
  const pubmed = new Command("pubmed")
    .description(
      "PubMed's records: by query, by PMIDs, or from its baseline and update files; deletions and retractions too",
    )
    .option("--query <text>", "what PubMed finds for this")
    .option("--pmids <file>", "a file of PMIDs, one a line, - for standard input")
    .option("--baseline <path>", "the baseline's folder of .xml.gz files with their .md5, or one file")
    .option(
      "--updates <path>",
      "the update files' folder, or one file: the last version of each paper counts",
    )
    .option(
      "--pubtator3",
      "take PubTator3's annotations by PMID, and the dictionary's where it has none",
      false,
    )
    .option("--no-names", "no mentions: title, journal, year and retraction of the papers alone");
  return withLoadOptions(withLexiconOptions(pubmed)).action(loadPubMed);
}

async function loadPubMed(options: PubMedOptions): Promise<void> {
  const counts: Record<Annotator, number> = { PubTator3: 0, dictionary: 0, nobody: 0 };
  const source = chosenSource(options);
  const counted: LiteratureSource = {
    ...source,
    counts: () => ({ ...source.counts?.(), ...annotatedCounts(counts) }),
    notes: () => [
      ...(source.notes?.() ?? []),
      `mentions by PubTator3 in ${counts.PubTator3} of the papers read, by the dictionary in ${counts.dictionary}, by nobody in ${counts.nobody}`,
    ],
  };
  await loadFrom(options, counted, async () => {
    const recognizer = options.names ? await loadRecognizer(options) : undefined;
    const annotators = {
      ...(recognizer === undefined ? {} : { recognizer }),
      ...(options.pubtator3 && options.names ? { pubtator3: configuredPubTator3() } : {}),
      onAnnotated: (by: Annotator) => {
        counts[by] += 1;
      },
    };
    return (items, { reading, signal }) => annotatedItems(items, annotators, reading, signal);
  });
}

function annotatedCounts({ PubTator3, dictionary, nobody }: Record<Annotator, number>) {
  return { byPubTator3: PubTator3, byDictionary: dictionary, byNobody: nobody };
}

/** The one source that the options name. Throws BAD_INPUT for none or several. */
function chosenSource({ query, pmids, baseline, updates }: PubMedOptions): LiteratureSource {
  const fromFiles = baseline !== undefined || updates !== undefined;
  if ([query !== undefined, pmids !== undefined, fromFiles].filter(Boolean).length !== 1) {
    throw new BioWeftError(
      "BAD_INPUT",
      "give one of --query, --pmids, and --baseline with or without --updates",
    );
  }
  if (query !== undefined) return querySource(configuredEutils(), query);
  if (pmids !== undefined) {
    const source = pmidsSource(configuredEutils(), pmids);
    return {
      ...source,
      check: async (state) => {
        await checkReadable([pmids]);
        return source.check(state);
      },
    };
  }
  return pubMedSource({
    ...(baseline === undefined ? {} : { baseline }),
    ...(updates === undefined ? {} : { updates }),
  });
}
