/**
 * Streams PubMed XML as efetch, the baseline and the update files have it: records in the file's order and the PMIDs that
 * it deletes. A broken record is that record's fault; a file that is cut, is something else or ends before its time is
 * the file's. Bytes are UTF-8, packed or not.
 */
import { isUtf8 } from "node:buffer";
import { BioWeftError } from "../../../src/core/errors.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import { plainChunks } from "../reading/plain-bytes.js";
import { type PubMedPiece, pubMedPieces } from "./pubmed-pieces.js";
import { type PubMedRecord, parsePubMedRecord } from "./pubmed-record.js";
import { malformed } from "./pubmed-text.js";
import { elementsOf, elementText } from "./record-elements.js";

/** What a file holds. */
export type PubMedItem =
  | ({ readonly kind: "record" } & PubMedRecord)
  | { readonly kind: "deletion"; readonly pmids: readonly string[] };

/**
 * Streams a file's records and deletions; its bytes may come from elsewhere. Throws BAD_INPUT with file, line and, where
 * it can be told, PMID, NOT_FOUND for no file.
 */
export async function* readPubMedXml(
  file: string,
  options: ReadOptions = {},
  source?: AsyncIterable<Buffer>,
): AsyncGenerator<PubMedItem> {
  try {
    for await (const piece of pubMedPieces(file, plainChunks(file, source))) {
      try {
        yield parsePiece(piece);
      } catch (fault) {
        reject(placed(fault, file, piece), options);
      }
    }
  } catch (fault) {
    reject(fault, options);
  }
}

function parsePiece(piece: PubMedPiece): PubMedItem {
  if (piece.fault !== undefined) throw piece.fault;
  if (!isUtf8(piece.bytes.subarray(piece.start, piece.end))) throw malformed("bytes that are not UTF-8");
  if (piece.name !== "DeleteCitation" && piece.name !== "DeleteDocument") {
    return { kind: "record", ...parsePubMedRecord(piece) };
  }
  const pmids = elementsOf(piece, "PMID").map((one) => elementText(piece, one) ?? "");
  const odd = pmids.find((pmid) => !/^[1-9]\d{0,8}$/.test(pmid));
  if (odd !== undefined) throw malformed(`"${odd}" is to be deleted and is no PMID`);
  return { kind: "deletion", pmids };
}

/** A fault of a record with its place: the line it begins at, and its PMID where it has one. */
function placed(fault: unknown, file: string, { bytes, start, line }: PubMedPiece): unknown {
  if (!(fault instanceof BioWeftError)) return fault;
  const pmid = /<PMID[^>]*>\s*(\d{1,9})\s*</.exec(bytes.toString("latin1", start, start + PMID_WITHIN))?.[1];
  const place = { file, line, ...(pmid === undefined ? {} : { pmid }) };
  return new BioWeftError("BAD_INPUT", fault.reason, { place, cause: fault });
}

// A record's own PMID stands at its beginning.
const PMID_WITHIN = 1000;
