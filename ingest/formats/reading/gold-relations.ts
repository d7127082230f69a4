/**
 * The relations that a file asserts, as written, into a document's own: ends to the entities that it mentions,
 * PubTator3's type names to BioRED's. Every reader of annotated files goes through here, so that each format gives the
 * same document and counts alike what it leaves out.
 */
import type { Document, GoldRelation } from "../../../src/core/document.js";
import type { ErrorPlace } from "../../../src/core/errors.js";
import type { ReadWarningKind, Warn } from "../../../src/core/read-options.js";
import { pairEntityType, RELATION_TYPES } from "../../../src/core/relation-types.js";
import { type RelationEnd, relationEnds } from "./relation-ends.js";

type WrittenEnd = string | readonly string[];

/** A relation as a file has it. */
export interface WrittenGold {
  readonly type: string;
  /** Two ends as spelled, each of one identifier or of several, which a list gives apart. */
  readonly ends: readonly [WrittenEnd, WrittenEnd];
  readonly novel?: boolean;
  /** The end that is its subject, as spelled. */
  readonly directedFrom?: string;
  /** Where it stands, for the warning of what is left out. */
  readonly place: ErrorPlace;
}

// Source: Wei et al. 2024 (PubTator 3.0), whose twelve types are BioRED's, split by the kinds of their ends.
const PUBTATOR3_TYPES: Readonly<Record<string, GoldRelation["type"]>> = {
  associate: "Association",
  cause: "Positive_Correlation",
  compare: "Comparison",
  convert: "Conversion",
  cotreat: "Cotreatment",
  drug_interact: "Drug_Interaction",
  inhibit: "Negative_Correlation",
  interact: "Bind",
  negative_correlate: "Negative_Correlation",
  positive_correlate: "Positive_Correlation",
  prevent: "Negative_Correlation",
  stimulate: "Positive_Correlation",
  treat: "Negative_Correlation",
};
const AS_BIORED: ReadonlySet<string> = new Set(RELATION_TYPES);
const BIORED_TYPES = new Map(RELATION_TYPES.map((type) => [folded(type), type]));

/** BioRED's name for a relation type of BioRED in any case, or of PubTator3; a corpus's own label stays as it is. */
export function relationTypeOf(written: string): string {
  const type = written.trim();
  if (AS_BIORED.has(type)) return type;
  return PUBTATOR3_TYPES[type.replace(/[\s-]/g, "_")] ?? BIORED_TYPES.get(folded(type)) ?? type;
}

function folded(type: string): string {
  return type.toLowerCase().replace(/[\s_-]/g, "");
}

/** Whether a note says that the relation is new: `Novel`, `No`; undefined for what says neither. */
export function noveltyOf(note: string | undefined): boolean | undefined {
  const said = note?.trim().toLowerCase();
  return said === "novel" || said === "yes" || said === "true"
    ? true
    : said === "no" || said === "false"
      ? false
      : undefined;
}

/** A document's relations; what is left out of them, or can give no evidence, is passed to `warn`. */
export function toGoldRelations(
  written: readonly WrittenGold[],
  { mentions }: Pick<Document, "mentions">,
  warn: Warn,
): GoldRelation[] {
  if (written.length === 0) return [];
  const endsOf = relationEnds(mentions);
  const roles = new Set(mentions.flatMap(({ type, ids }) => (pairEntityType(type) === undefined ? [] : ids)));
  return written.flatMap((one) => {
    const leftOut = (kind: ReadWarningKind) =>
      warn(kind, `${one.type} ${one.ends.flat().join(" ")}`, one.place);
    if (one.type.trim() === "") {
      leftOut("relation-type");
      return [];
    }
    const type = relationTypeOf(one.type);
    const [subjects = [], objects = []] = one.ends.map((end) => {
      const found = typeof end === "string" ? endsOf(end) : together(end.map(endsOf));
      if (found.known.length === 0) return found.unknown;
      for (const id of found.unknown) warn("relation-unresolved", id, one.place);
      return found.known;
    });
    if (subjects.length === 0 || objects.length === 0) leftOut("relation-null");
    const from = one.directedFrom === undefined ? [] : endsOf(one.directedFrom).known;
    return subjects.flatMap((subject) =>
      objects.map((object): GoldRelation => {
        if (subject === object) leftOut("relation-self");
        else if (!roles.has(subject) || !roles.has(object)) leftOut("relation-unmentioned");
        const directedFrom = from.find((curie) => curie === subject || curie === object);
        return {
          ...{ subject, object, type },
          ...(one.novel === undefined ? {} : { novel: one.novel }),
          ...(directedFrom === undefined ? {} : { directedFrom }),
        };
      }),
    );
  });
}

function together(ends: readonly RelationEnd[]): RelationEnd {
  return { known: ends.flatMap(({ known }) => known), unknown: ends.flatMap(({ unknown }) => unknown) };
}
