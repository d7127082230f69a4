/**
 * What PubTator3 may answer, in each of its forms, and what each answer means: documents, nothing known, or something that
 * is no answer at all, which is then described in the error.
 */
import type { Document } from "../../../src/core/document.js";
import { BioWeftError } from "../../../src/core/errors.js";
import type { ReadOptions, ReadWarning } from "../../../src/core/read-options.js";
import { parseBioCJson, structuralFault } from "../../formats/bioc/bioc-json.js";
import { readBioCXml } from "../../formats/bioc/bioc-xml.js";
import { readPubTator } from "../../formats/pubtator/pubtator.js";
import { describeBody, type ServiceAnswer } from "../service/service-request.js";

/** A form that PubTator3 exports, by its name in the addresses. */
export type ExportForm = "biocjson" | "biocxml" | "pubtator";

/** The body of an answer, or undefined where it says that it knows none of the PMIDs. Throws for the others. */
export function knownBody({ status, body }: ServiceAnswer): string | undefined {
  if (status >= 200 && status < 300) return body;
  // The service answers 400 or 404, with a JSON detail or nothing, where it knows no PMID of the request; a page
  // in HTML comes from something else at a wrong address.
  const unknown = status === 400 || status === 404;
  if (unknown && (body.trim() === "" || body.trimStart().startsWith("{"))) return undefined;
  throw new BioWeftError("UPSTREAM_UNAVAILABLE", `PubTator3 answered ${status} with ${describeBody(body)}`);
}

/** What a body holds of the papers that were asked for. */
export interface Answer {
  readonly documents: readonly Document[];
  /** Why a paper's annotations cannot be read, with its PMID: asking again would give the same. */
  readonly unreadable: readonly BioWeftError[];
  readonly warnings: readonly ReadWarning[];
}

/**
 * The documents of a body, paper by paper; those that were not asked for are left out. Throws UPSTREAM_UNAVAILABLE for
 * garbage.
 */
export async function parseAnswer(
  body: string | undefined,
  pmids: readonly string[],
  form: ExportForm,
): Promise<Answer> {
  const unreadable: BioWeftError[] = [];
  const warnings: ReadWarning[] = [];
  if (body === undefined) return { documents: [], unreadable, warnings };
  const documents = await PARSERS[form](body, {
    skipBad: true,
    onRejected: (fault) => unreadable.push(unreadablePaper(fault, pmids)),
    onWarning: (warning) => warnings.push(warning),
  });
  return { documents: documents.filter(({ pmid }) => pmids.includes(pmid)), unreadable, warnings };
}

const PARSERS: Readonly<Record<ExportForm, (body: string, reading: ReadOptions) => Promise<Document[]>>> = {
  async biocjson(body, reading) {
    if (!/^\s*[[{]/.test(body)) throw garbage(body, "no JSON");
    const broken = structuralFault(body);
    if (broken !== undefined) throw garbage(body, broken);
    const isList = /^\s*(?:\[|\{\s*"(?:PubTator3|documents)"\s*:\s*\[)/.test(body);
    const documents = parseBioCJson(body, reading);
    if (documents.length === 0 && !isList) throw garbage(body, "no list of documents");
    return documents;
  },
  async biocxml(body, reading) {
    if (!/<collection[\s>/]/.test(body.slice(0, HEAD))) throw garbage(body, "no BioC collection");
    if (!/<\/collection>\s*$|<collection\s*\/>\s*$/.test(body)) throw garbage(body, "it is cut");
    return collected(readBioCXml(NAME, reading, bytesOf(body)));
  },
  async pubtator(body, reading) {
    if (body.trim() === "") throw garbage(body, "no document");
    if (!/^\s*[^|\t\r\n]+\|(?:t|a|title|abstract)\|/.test(body)) throw garbage(body, "no PubTator");
    return collected(readPubTator(NAME, reading, bytesOf(body)));
  },
};

const HEAD = 2000;
const NAME = "PubTator3's answer";

async function collected(documents: AsyncIterable<Document>): Promise<Document[]> {
  const all: Document[] = [];
  for await (const document of documents) all.push(document);
  return all;
}

async function* bytesOf(body: string): AsyncGenerator<Buffer> {
  yield Buffer.from(body);
}

/** The fault of one paper, under its PMID: the one that was asked for where only one was. */
function unreadablePaper(fault: BioWeftError, pmids: readonly string[]): BioWeftError {
  const pmid = pmids.length === 1 ? pmids[0] : fault.place.pmid;
  const reason = `PubTator3's annotations of this paper cannot be read: ${fault.reason}`;
  return new BioWeftError("BAD_INPUT", reason, { place: pmid === undefined ? {} : { pmid }, cause: fault });
}

function garbage(body: string, why: string): BioWeftError {
  return new BioWeftError(
    "UPSTREAM_UNAVAILABLE",
    `PubTator3's answer is not in its form (${why}): ${describeBody(body)}`,
  );
}
