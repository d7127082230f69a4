/**
 * What the papers behind an edge say as of a year and of some kinds of source: how many they are, since when, and the belief they
 * make, as a graph built from them alone would have it.
 */
import { SOURCE_KINDS, type SourceKind } from "../../core/evidence.js";
import { required } from "../../core/required.js";
import type { Adjacency } from "./adjacency.js";
import { sourceMask } from "./row-columns.js";

/** Where no year is asked about. */
const NO_YEAR = -1;

/** Reads the papers of one question. */
export class EdgePapers {
  readonly #adjacency: Adjacency;
  readonly #asOf: number;
  /** The kinds of source asked for as bits; 0 where all count, those that are not known too. */
  readonly #sourceMask: number;

  constructor(adjacency: Adjacency, asOf: number = NO_YEAR, sources?: Iterable<SourceKind>) {
    this.#adjacency = adjacency;
    this.#asOf = asOf;
    this.#sourceMask = sources === undefined ? 0 : sourceMask(sources);
  }

  /** The relation's belief, from the papers of until the year and of the sources asked about. */
  belief(edge: number): number {
    const { beliefs, paperStarts, paperCounts, paperYears, paperWeights } = this.#adjacency;
    const asOf = this.#asOf;
    const whole = required(beliefs[edge], "an edge's belief");
    // Asked once a link: what restricts nothing reads nothing more.
    if (this.#sourceMask === 0 && asOf === NO_YEAR) return whole;
    const papers = required(paperCounts[edge], "an edge's papers");
    if (this.#sourceMask === 0 && papers === 1) return whole;
    const start = required(paperStarts[edge], "an edge's papers");
    let doubt = 1;
    let isWhole = this.#sourceMask === 0;
    for (let paper = start; paper < start + papers; paper++) {
      if (!this.#speaks(paper)) continue;
      const year = required(paperYears[paper], "a paper's year");
      if (asOf !== NO_YEAR && (year === 0 || year > asOf)) isWhole = false;
      else doubt *= 1 - required(paperWeights[paper], "a paper's weight");
    }
    return isWhole ? whole : 1 - doubt;
  }

  /** The papers that make the relation, of until the year and of the sources asked about. */
  count(edge: number): number {
    const { paperStarts, paperCounts } = this.#adjacency;
    const start = required(paperStarts[edge], "an edge's papers");
    const end = start + required(paperCounts[edge], "an edge's papers");
    let papers = 0;
    for (let paper = start; paper < end; paper++) if (this.#isOf(paper)) papers++;
    return papers;
  }

  /** Year of the first paper; 0 where none has a year. */
  firstYear(edge: number): number {
    const { firstYears, paperStarts, paperCounts, paperYears } = this.#adjacency;
    if (this.#sourceMask === 0) return required(firstYears[edge], "an edge's first year");
    const start = required(paperStarts[edge], "an edge's papers");
    const end = start + required(paperCounts[edge], "an edge's papers");
    let first = 0;
    for (let paper = start; paper < end; paper++) {
      const year = required(paperYears[paper], "a paper's year");
      if (this.#isOf(paper) && year !== 0 && (first === 0 || year < first)) first = year;
    }
    return first;
  }

  /** Whether a paper counts, by its year and its source. */
  #isOf(paper: number): boolean {
    if (!this.#speaks(paper)) return false;
    if (this.#asOf === NO_YEAR) return true;
    const year = required(this.#adjacency.paperYears[paper], "a paper's year");
    return year !== 0 && year <= this.#asOf;
  }

  /** Whether a paper's source is asked for, and no other that says the same more strongly. */
  #speaks(paper: number): boolean {
    const sources = required(this.#adjacency.paperSources[paper], "a paper's sources");
    const stronger = sources >> SOURCE_KINDS.length;
    if (this.#sourceMask === 0) return stronger === 0;
    return (sources & this.#sourceMask) !== 0 && (stronger & this.#sourceMask) === 0;
  }
}
