/**
 * The text of a PubMed field out of its XML: inline markup (<i>, <sub>, <sup>, MathML) taken off, entities written
 * out, white space of the file's layout made one space. What is no well-formed markup is refused.
 */
import { BioWeftError } from "../../../src/core/errors.js";

const TAG = /<(\/?)([A-Za-z_][\w:.-]*)(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>|<[^>]{0,20}/g;
const ENTITY = /&(?:#(\d+)|#x([0-9a-f]+)|(amp|lt|gt|quot|apos));|&[^;\s]{0,12}/gi;
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }),
);
const LAST_CODE_POINT = 0x10ffff;

/** The text of a field. Throws BAD_INPUT, without a place, for markup or an entity that XML does not know. */
export function fieldText(xml: string): string {
  const bare = xml.includes("<") ? withoutTags(xml.includes("<!") ? withoutSections(xml) : xml) : xml;
  const text = bare.includes("&") ? bare.replace(ENTITY, character) : bare;
  // Layout has line breaks; a regular expression over every text would cost more than all the rest of a record.
  const isLaidOut = text.includes("\n") || text.includes("\t");
  return (isLaidOut ? text.replace(/[ \t\r\n]+/g, " ") : text).trim();
}

/** Comments taken off, CDATA written out: PubMed writes neither. */
function withoutSections(xml: string): string {
  return xml
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, text: string) =>
      text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    );
}

function withoutTags(xml: string): string {
  const open: string[] = [];
  const text = xml.replace(TAG, (found, closing: string | undefined, name: string | undefined, empty) => {
    if (name === undefined) throw malformed(`"${found}" is no tag; XML writes < in a text as &lt;`);
    if (closing === "/") {
      const opened = open.pop();
      if (opened !== name) throw malformed(`</${name}> closes <${opened ?? "nothing"}>`);
    } else if (empty !== "/") open.push(name);
    return "";
  });
  if (open.length > 0) throw malformed(`<${open.at(-1)}> is not closed`);
  return text;
}

function character(found: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return NAMED.get(name.toLowerCase()) ?? found;
  const digits = decimal ?? hexadecimal;
  const code = digits === undefined ? Number.NaN : Number.parseInt(digits, decimal === undefined ? 16 : 10);
  if (Number.isNaN(code) || code > LAST_CODE_POINT || code === 0) {
    throw malformed(`"${found}" is no entity that XML knows; a text's & is written &amp;`);
  }
  return String.fromCodePoint(code);
}

/** A fault in the form of a record; who knows the file and the PMID adds the place. */
export function malformed(reason: string): BioWeftError {
  return new BioWeftError("BAD_INPUT", `no well-formed PubMed XML: ${reason}`);
}
