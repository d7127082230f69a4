/**
 * The first stages of a bulk run: pieces are read, looked up (which documents has the model read before?) and classified, a
 * batch at a time. Each stage goes on while the next one works, a batch ahead of it and no further (core's `ahead`). The
 * order stays. Writing is the caller's.
 */
import type { Document } from "../../core/document.js";
import type { Asking, DocumentPredictions, RelationClassifier } from "../../core/prediction.js";
import { ahead } from "../../core/turns/ahead.js";
import { inGroups } from "../../core/turns/in-groups.js";
import type { Database } from "../../graph/neo4j/database.js";
import { extractedDocuments } from "../../graph/write/write-documents.js";

/** A thing to be written, with its document where it has one. */
export interface Piece {
  readonly document?: Document;
}

/** A piece whose document was looked up and, where the model had not read it, read. */
export type Answered<P extends Piece> = P & {
  /** The model had read it in an earlier run. */
  readonly wasRead: boolean;
  readonly predicted?: DocumentPredictions;
};

/** How pieces go through the model. */
export interface Answering {
  readonly database: Database;
  /** Without it nothing is looked up or classified. */
  readonly classifier?: RelationClassifier;
  /** Documents a batch; 50 if not given. */
  readonly batchSize?: number;
  /** Told while the model reads how many pairs of the document are scored, of how many. */
  readonly onPairs?: (scored: number, pairs: number) => void;
  readonly signal?: AbortSignal;
}

/** Documents a transaction. */
const BATCH = 50;

/** The pieces in batches; one that is asked for next counts as written. Throws what the stream and the model throw. */
export async function* answeredBatches<P extends Piece>(
  pieces: AsyncIterable<P>,
  answering: Answering,
): AsyncGenerator<Answered<P>[], undefined> {
  const { batchSize = BATCH } = answering;
  const onTheWay = new DocumentsOnTheWay();
  const groups = inGroups(ahead(pieces, batchSize), batchSize);
  const looked = ahead(lookedUp(groups, answering, onTheWay), 1);
  for await (const batch of ahead(classified(looked, answering), 1)) {
    yield batch;
    for (const { document } of batch) if (document !== undefined) onTheWay.end(document);
  }
}

async function* lookedUp<P extends Piece>(
  groups: AsyncIterable<readonly P[]>,
  { database, classifier }: Answering,
  onTheWay: DocumentsOnTheWay,
): AsyncGenerator<Answered<P>[]> {
  for await (const group of groups) {
    const documents = group.flatMap(({ document }) => document ?? []);
    const read =
      classifier === undefined
        ? new Set()
        : await extractedDocuments(database, classifier.info.id, documents);
    yield group.map((piece) => {
      const { document } = piece;
      // Of a paper that is on its way the graph does not tell yet what it will hold when this one's turn comes.
      const isAgain = document !== undefined && onTheWay.begin(document);
      return { ...piece, wasRead: document !== undefined && read.has(document) && !isAgain };
    });
  }
}

async function* classified<P extends Piece>(
  groups: AsyncIterable<readonly Answered<P>[]>,
  { classifier, signal, onPairs }: Answering,
): AsyncGenerator<Answered<P>[]> {
  const asking: Asking = {
    ...(signal === undefined ? {} : { signal }),
    ...(onPairs === undefined ? {} : { onProgress: onPairs }),
  };
  for await (const group of groups) {
    const unread = group.flatMap(({ document, wasRead }) =>
      document === undefined || wasRead ? [] : [document],
    );
    const answers = new Map<Document, DocumentPredictions>();
    for await (const answer of classifier?.predictAll(unread, asking) ?? [])
      answers.set(answer.document, answer);
    yield group.map((piece) => {
      const predicted = piece.document === undefined ? undefined : answers.get(piece.document);
      return predicted === undefined ? piece : { ...piece, predicted };
    });
  }
}

/** Papers between their looking up and their writing; one may come twice. */
class DocumentsOnTheWay {
  readonly #counts = new Map<string, number>();

  /** Notes a document; tells whether one of its paper is on the way already. */
  begin({ pmid }: Document): boolean {
    const count = this.#counts.get(pmid) ?? 0;
    this.#counts.set(pmid, count + 1);
    return count > 0;
  }

  /** It is written. */
  end({ pmid }: Document): void {
    const count = this.#counts.get(pmid) ?? 0;
    if (count > 1) this.#counts.set(pmid, count - 1);
    else this.#counts.delete(pmid);
  }
}
