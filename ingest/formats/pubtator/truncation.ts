/**
 * Tells a PubTator file that was cut off from one whose last line break an editor left out. Only the file's last
 * line is looked at, and only where it has no line break: what it holds must look finished.
 */

import { required } from "../../../src/core/required.js";
import type { TextLine } from "../reading/text-lines.js";

const CURE =
  "the file seems to be cut there; copy it again, or end the line with a line break if it is whole";

/** Why a file's last line looks cut off; undefined for a line that is ended or looks finished. */
export function truncation(line: TextLine): string | undefined {
  if (line.unterminated !== true) return undefined;
  const columns = line.text.split("\t");
  const last = required(columns.at(-1), "a line's last column");
  if (columns.length === 1) {
    return /[\p{P}\p{S}]\s*$/u.test(last) ? undefined : `it ends within a sentence: ${CURE}`;
  }
  // MeSH numbers have six or nine digits; other identifiers do not show that something is missing.
  return /^(?:MESH:)?[CD]\d{0,5}$|[,;|:]$|^$/i.test(last) && !/^[cgmnpr]\|/.test(last)
    ? `it ends within an identifier: ${CURE}`
    : undefined;
}
