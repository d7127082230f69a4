/**
 * `bioweft ingest`: annotated documents into the graph, from a corpus, from files, or from PubTator3 by PMID; with the
 * model's answers where that is asked. It opens what is needed, shows progress, and says what came of it.
 */
import { Command, Option } from "commander";
import { SPLITS, type Split } from "../../../ingest/corpora/corpus.js";
import { CORPORA } from "../../../ingest/corpora/declared-corpora.js";
import { corpusByName, corpusFiles, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { checkReadable } from "../../../ingest/formats/reading/file-chunks.js";
import { readNamed } from "../../../ingest/sources/files/named-documents.js";
import { checkPmid } from "../../../ingest/sources/pubtator3/client.js";
import { readPublications } from "../../../ingest/sources/pubtator3/read-publications.js";
import { documentItems } from "../../../ingest/sources/source.js";
import { type ModelOptions, withModelOptions } from "../options/model-option.js";
import { kgxCommand } from "./ingest/kgx.js";
import { type LoadOptions, loadFrom, withLoadOptions } from "./ingest/loading.js";
import { pubmedCommand } from "./ingest/pubmed.js";
import { pubtator3BulkCommand } from "./ingest/pubtator3-bulk.js";

/** Declares the command and its sources. */
export function command(): Command {
  return new Command("ingest")
    .description("load documents into the graph")
    .addCommand(corpusCommand())
    .addCommand(fileCommand())
    .addCommand(pmidCommand())
    .addCommand(pubmedCommand())
    .addCommand(pubtator3BulkCommand())
    .addCommand(kgxCommand());
}

function corpusCommand(): Command {
  const corpus = new Command("corpus")
    .description("an annotated corpus with its gold relations")
    .argument("<name>", `one of ${CORPORA.map(({ name }) => name).join(", ")}`)
    .requiredOption("--from <path>", "its file, or its folder in the published layout")
    .addOption(new Option("--split <name>", "part of a folder").choices(SPLITS).default("all"));
  return withLoadOptions(corpus).action(
    (name: string, options: LoadOptions & { readonly from: string; readonly split: Split }) => {
      const declared = corpusByName(name);
      const { from, split } = options;
      return loadFrom(options, {
        check: async () => checkReadable((await corpusFiles(declared, from, split)).flat()),
        items: ({ reading }) => documentItems(readCorpus(declared, from, split, reading)),
      });
    },
  );
}

function fileCommand(): Command {
  const file = new Command("file")
    .description(
      "files of PubTator, BioC or JSON lines, - for standard input; their relations count as gold of the file's name",
    )
    .argument("<file...>", "the files")
    .option("--as <name>", "whose word their relations are, in place of the file's name");
  return withLoadOptions(file).action((files: string[], options: LoadOptions & { readonly as?: string }) =>
    loadFrom(options, {
      check: () => checkReadable(files),
      items: ({ reading }) => documentItems(readNamed(files, options.as, reading)),
    }),
  );
}

function pmidCommand(): Command {
  const pmid = new Command("pmid")
    .description("publications from PubTator3, classified by the model")
    .argument("<pmid...>", "PubMed identifiers")
    .option("--full-text", "the whole text where PubTator3 has it, not only the abstract", false)
    .option("--json", "print the counts as JSON", false);
  return withModelOptions(pmid).action(
    (pmids: string[], options: ModelOptions & { readonly json: boolean; readonly fullText: boolean }) =>
      loadFrom(
        { ...options, extract: true, bulk: false, skipBad: true },
        {
          check: async () => pmids.forEach(checkPmid),
          items: ({ reading, signal }) =>
            documentItems(readPublications(pmids, reading, { signal, fullText: options.fullText })),
        },
      ),
  );
}
