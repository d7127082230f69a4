/**
 * `--lexicon` and `--graph-lexicon`: which names a dictionary recogniser is to find, from vocabulary files, from
 * the graph, or from both; those that come with the project where neither is given. The database driver is loaded only
 * where the graph is asked.
 */
import type { Command } from "commander";
import { checkReadable } from "../../../ingest/formats/reading/file-chunks.js";
import { loadOwnRecognizer } from "../../../ingest/lexicon/own-recognizer.js";
import { buildRecognizer, type Recognizer } from "../../../ingest/lexicon/recognizer.js";
import { readVocabulary } from "../../../ingest/lexicon/vocabularies.js";
import type { NamedEntity } from "../../core/annotation.js";
import { startProgress } from "../../terminal/progress.js";

/** What the two options give. */
export interface LexiconOptions {
  readonly lexicon?: readonly string[];
  readonly graphLexicon: boolean;
}

/** Adds both options to a command. */
export function withLexiconOptions(command: Command): Command {
  return command
    .option(
      "--lexicon <files...>",
      "names to find in place of those that come along: gene_info, MeSH (.bin or .xml), CTD chemicals, diseases, genes, bioweft lexicon's; .gz too",
    )
    .option("--graph-lexicon", "find the names and synonyms of everything in the graph", false);
}

/** A recogniser of all the names that the options give, or of those that come with the project. */
export async function loadRecognizer(options: LexiconOptions): Promise<Recognizer> {
  return (await loadGivenRecognizer(options)) ?? loadOwnRecognizer();
}

/** A recogniser of all the names that the options give; undefined where they give none. */
export async function loadGivenRecognizer(options: LexiconOptions): Promise<Recognizer | undefined> {
  const { lexicon = [], graphLexicon } = options;
  if (lexicon.length === 0 && !graphLexicon) return undefined;
  await checkReadable(lexicon);
  const entities: NamedEntity[] = [];
  const progress = startProgress("lexicon", "entities");
  const add = async (source: AsyncIterable<NamedEntity>) => {
    for await (const entity of source) {
      entities.push(entity);
      progress.update(entities.length);
    }
  };
  try {
    for (const file of lexicon) await add(readVocabulary(file));
    if (graphLexicon) await add(graphEntities());
  } finally {
    progress.stop();
  }
  return buildRecognizer(entities);
}

/** Streams the graph's entities, and closes the graph behind them. */
export async function* graphEntities(signal?: AbortSignal): AsyncGenerator<NamedEntity> {
  const { openOwnGraph } = await import("../own-graph.js");
  const { readLexicon } = await import("../../graph/read/read-lexicon.js");
  const graph = await openOwnGraph();
  try {
    yield* readLexicon(graph.database, signal === undefined ? {} : { signal });
  } finally {
    await graph.close();
  }
}
