/**
 * Evidence of relations that a source lists without the text: who says so, of which paper, and how the ends are called there.
 */
import type { Document } from "../document.js";
import { type Evidence, relationId, type SourceKind } from "../evidence.js";
import type { EntityType, RelationType } from "../relation-types.js";

/** An end of a listed relation; `names` are its spellings in the paper, the most frequent first, none where unknown. */
interface ListedEnd {
  readonly curie: string;
  readonly type: EntityType;
  readonly names: readonly string[];
}

/** Whose list it is. */
interface ListSource {
  readonly source: string;
  readonly sourceKind: SourceKind;
}

/** A row of evidence that shows no sentence. Its identifier is that of the same claim made with one. */
export function listedEvidence(
  { pmid }: Pick<Document, "pmid">,
  type: RelationType,
  ends: readonly [ListedEnd, ListedEnd],
  { source, sourceKind }: ListSource,
): Evidence {
  const [one, other] = ends;
  const [subject, object] = one.curie < other.curie ? [one, other] : [other, one];
  return {
    id: [pmid, relationId(subject.curie, object.curie, type), source].join("|"),
    pmid,
    document: pmid,
    subject,
    object,
    type,
    sentence: "",
    start: 0,
    end: 0,
    mentions: [],
    // The list does not say how sure it is: belief takes the reliability of its kind.
    probability: 1,
    sourceKind,
    source,
    negated: false,
  };
}
