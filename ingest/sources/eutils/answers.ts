/**
 * What E-utilities may answer. A fault can come with HTTP 200: the root element says what an answer is, and an expired
 * history is an <ERROR> in it.
 */
import { BioWeftError } from "../../../src/core/errors.js";
import { fieldText } from "../../formats/pubmed/pubmed-text.js";
import { describeBody, type ServiceAnswer } from "../service/service-request.js";

/** What a search found. */
export interface FoundPmids {
  /** Of how many; more than are listed where there are too many for one answer. */
  readonly count: number;
  readonly pmids: readonly string[];
  /** The search's place on the server, for `efetch`. */
  readonly webEnv: string;
  readonly queryKey: string;
  /** Words of the query that PubMed did not find or know. */
  readonly ignored: readonly string[];
}

/** An answer of `esearch`. Throws BAD_INPUT for a query that PubMed refuses, UPSTREAM_UNAVAILABLE for what is no answer. */
export function parseSearch(answer: ServiceAnswer): FoundPmids {
  const body = checkedBody(answer, "eSearchResult");
  const one = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1]?.trim();
  const all = (name: string) =>
    [...body.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map((found) =>
      fieldText(found[1] ?? ""),
    );
  const refused = one("ERROR");
  if (refused !== undefined)
    throw new BioWeftError("BAD_INPUT", `PubMed refuses the query: ${fieldText(refused)}`);
  const count = Number(one("Count") ?? Number.NaN);
  if (!Number.isInteger(count)) throw garbage(body, "it says no count");
  return {
    count,
    pmids: all("Id"),
    webEnv: one("WebEnv") ?? "",
    queryKey: one("QueryKey") ?? "",
    ignored: [...all("PhraseNotFound"), ...all("FieldNotFound"), ...all("QuotedPhraseNotFound")],
  };
}

/** The XML of an answer of `efetch`; undefined where it says that its history has expired or cannot be had. */
export function fetchedXml(answer: ServiceAnswer): string | undefined {
  const root = rootOf(answer.body);
  if (root === "eFetchResult" || /^\s*<ERROR>/.test(answer.body)) {
    const reason = /<ERROR>([^<]*)/.exec(answer.body)?.[1]?.trim() ?? "";
    if (/Unable to obtain query|WebEnv|history|query.?key/i.test(reason)) return undefined;
    throw new BioWeftError("UPSTREAM_UNAVAILABLE", `E-utilities answered with an error: ${reason}`);
  }
  const body = checkedBody(answer, "PubmedArticleSet", "PubmedBookArticleSet");
  // An answer that breaks off would be taken for the papers that came before.
  if (!new RegExp(`</${root}>\\s*$|^[^<]*(?:<[?!][^>]*>\\s*)*<${root}\\s*/>\\s*$`).test(body))
    throw garbage(body, "it is cut");
  return body;
}

function checkedBody({ status, body }: ServiceAnswer, ...roots: readonly string[]): string {
  if (status !== 200) {
    // NCBI answers 400 to what it cannot make sense of, and says why.
    const why = /<ERROR>([^<]*)|"error"\s*:\s*"([^"]*)/.exec(body);
    const said = why?.[1] ?? why?.[2];
    throw new BioWeftError(
      status === 400 && said !== undefined ? "BAD_INPUT" : "UPSTREAM_UNAVAILABLE",
      `E-utilities answered ${status} with ${said ?? describeBody(body)}`,
    );
  }
  const root = rootOf(body);
  if (root === undefined || !roots.includes(root)) throw garbage(body, `its root is ${root ?? "none"}`);
  return body;
}

/** The name of an XML text's root element. */
function rootOf(xml: string): string | undefined {
  return /^\ufeff?\s*(?:<\?[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<([A-Za-z][\w:.-]*)/.exec(
    xml,
  )?.[1];
}

function garbage(body: string, why: string): BioWeftError {
  const reason = `E-utilities' answer is not in its form (${why}): ${describeBody(body)}`;
  return new BioWeftError("UPSTREAM_UNAVAILABLE", reason);
}
