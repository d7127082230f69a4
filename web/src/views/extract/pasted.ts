/**
 * What was pasted: PMIDs, or a text.
 */

const MOST_PMIDS = 50;

/** The PMIDs, each once, where there is nothing else (with or without "PMID"); undefined for a text. */
export function parsePmids(text: string): string[] | undefined {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  const pmids = words.map((word) => word.replace(/^(pmid:?)+/i, "")).filter((word) => word !== "");
  if (pmids.length === 0 || !pmids.every((word) => /^\d{1,8}$/.test(word))) return undefined;
  return [...new Set(pmids)].slice(0, MOST_PMIDS);
}

/** A title (the first line, where more follows) and the rest, as the API takes them. */
export function toTitleAndAbstract(text: string): { title: string; abstract: string } {
  const [first = "", ...rest] = text.trim().split(/\n+/);
  if (rest.length === 0) return { title: "", abstract: first };
  return { title: first.trim(), abstract: rest.join(" ").trim() };
}
