/**
 * Papers as citations: RIS and BibTeX, from what the graph knows of them.
 */

/** What a citation is made from. */
export interface Citation {
  readonly pmid: string;
  readonly title: string;
  readonly journal?: string | null;
  readonly year?: number | null;
  readonly doi?: string | null;
}

/** Each paper once, in the order of its first row. */
export function distinctPapers(
  rows: readonly { readonly pmid: string; readonly publication: Omit<Citation, "pmid"> }[],
): Citation[] {
  return [...new Map(rows.map(({ pmid, publication }) => [pmid, { ...publication, pmid }])).values()];
}

/** RIS, as reference managers read it. */
export function toRis(papers: readonly Citation[]): string {
  return papers
    .map(({ pmid, title, journal, year, doi }) =>
      [
        "TY  - JOUR",
        `TI  - ${title}`,
        ...(journal == null ? [] : [`JO  - ${journal}`]),
        ...(year == null ? [] : [`PY  - ${year}`]),
        ...(doi == null ? [] : [`DO  - ${doi}`]),
        `AN  - ${pmid}`,
        `UR  - https://pubmed.ncbi.nlm.nih.gov/${pmid}/`,
        "DB  - PubMed",
        "ER  - ",
        "",
      ].join("\r\n"),
    )
    .join("\r\n");
}

/** BibTeX. */
export function toBibtex(papers: readonly Citation[]): string {
  return papers
    .map(({ pmid, title, journal, year, doi }) => {
      const fields = [
        `  title = {${escaped(title)}}`,
        ...(journal == null ? [] : [`  journal = {${escaped(journal)}}`]),
        ...(year == null ? [] : [`  year = {${year}}`]),
        ...(doi == null ? [] : [`  doi = {${doi}}`]),
        `  pmid = {${pmid}}`,
        `  url = {https://pubmed.ncbi.nlm.nih.gov/${pmid}/}`,
      ];
      return `@article{pmid${pmid},\n${fields.join(",\n")}\n}\n`;
    })
    .join("\n");
}

function escaped(text: string): string {
  return text.replace(/[\\{}]/g, "").replace(/([%&#_$])/g, "\\$1");
}
