/**
 * `bioweft ingest`: annotated documents into the graph, from a corpus, from files, or from PubTator3 by PMID.
 */
import { Command, Option } from "commander";
import { SPLITS, type Split } from "../../../ingest/corpora/corpus.js";
import { corpusByName, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { readNamed } from "../../../ingest/sources/files/named-documents.js";
import { readPublications } from "../../../ingest/sources/pubtator3/read-publications.js";
import { type LoadOptions, loadDocuments, withLoadOptions } from "../options/load-documents.js";
import { type ModelOptions, withModelOptions } from "../options/model-option.js";

/** Declares the command and its three sources. */
export function command(): Command {
  return new Command("ingest")
    .description("load documents into the graph")
    .addCommand(corpusCommand())
    .addCommand(fileCommand())
    .addCommand(pmidCommand());
}

function corpusCommand(): Command {
  const corpus = new Command("corpus")
    .description("an annotated corpus with its gold relations")
    .argument("<name>", "biored, bc5cdr or drugprot")
    .requiredOption("--from <path>", "its file, or its folder in the published layout")
    .addOption(new Option("--split <name>", "part of a folder").choices(SPLITS).default("all"));
  return withLoadOptions(corpus).action(
    (name: string, options: LoadOptions & { readonly from: string; readonly split: Split }) => {
      const declared = corpusByName(name);
      return loadDocuments(options, (reading) => readCorpus(declared, options.from, options.split, reading));
    },
  );
}

function fileCommand(): Command {
  const file = new Command("file")
    .description(
      "files of PubTator, BioC JSON or JSON lines; their relations count as gold of the file's name",
    )
    .argument("<file...>", "the files")
    .option("--as <name>", "whose word their relations are, in place of the file's name");
  return withLoadOptions(file).action((files: string[], options: LoadOptions & { readonly as?: string }) =>
    loadDocuments(options, (reading) => readNamed(files, options.as, reading)),
  );
}

function pmidCommand(): Command {
  const pmid = new Command("pmid")
    .description("publications from PubTator3, classified by the model")
    .argument("<pmid...>", "PubMed identifiers")
    .option("--json", "print the counts as JSON", false);
  return withModelOptions(pmid).action(
    (pmids: string[], options: ModelOptions & { readonly json: boolean }) =>
      loadDocuments({ ...options, extract: true, skipBad: true }, (reading) =>
        readPublications(pmids, reading),
      ),
  );
}
