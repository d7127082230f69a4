/**
 * Which version of every PMID is the last: by file, then by the paper's own count; a deletion behind both. Four bytes a
 * PMID, in pages that are made when they are needed: all of PubMed takes some 160 MB.
 */

const PAGE_BITS = 16;
const PAGE = 1 << PAGE_BITS;
const VERSIONS = 256;
const DELETED = VERSIONS - 1;

/** A version of a paper, or its deletion. */
interface Told {
  readonly pmid: string;
  /** The place of its file among the files. */
  readonly file: number;
  /** `deleted`, or the paper's own count. */
  readonly version: number | "deleted";
}

/** The last version of every PMID that was noted. */
export class LastVersions {
  private readonly pages = new Map<number, Uint32Array>();

  /** Notes that a file tells of a paper. */
  note(told: Told): void {
    const pmid = Number(told.pmid);
    const number = pmid >> PAGE_BITS;
    let page = this.pages.get(number);
    if (page === undefined) {
      page = new Uint32Array(PAGE);
      this.pages.set(number, page);
    }
    const place = pmid % PAGE;
    page[place] = Math.max(page[place] ?? 0, codeOf(told));
  }

  /** Whether nothing later was noted of the paper. */
  isLast(told: Told): boolean {
    const pmid = Number(told.pmid);
    return this.pages.get(pmid >> PAGE_BITS)?.[pmid % PAGE] === codeOf(told);
  }
}

function codeOf({ file, version }: Told): number {
  return file * VERSIONS + (version === "deleted" ? DELETED : Math.min(version, DELETED - 1)) + 1;
}
