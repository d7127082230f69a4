/**
 * Rows of PubTator3's bulk files → relations of our types between CURIEs. What is left out is counted by reason.
 */
import { memoized } from "../../../src/core/memo.js";
import {
  type EntityType,
  isRelationType,
  pairEntityType,
  type RelationType,
} from "../../../src/core/relation-types.js";
import { entityTypeByName, parseIds } from "../../formats/reading/entity-names.js";
import { relationTypeOf } from "../../formats/reading/gold-relations.js";

/** An entity as a row names it: one identifier or several. */
interface RowEntity {
  readonly type: EntityType;
  readonly curies: readonly string[];
}

/** A relation as a row has it. */
interface RowRelation {
  readonly type: RelationType;
  readonly ends: readonly [RowEntity, RowEntity];
}

/** Why a row gives no relation. */
export type RowFault = "unknownRelation" | "unknownEntity" | "noIdentifier" | "noRole";

/** The relation of `type|ends` columns, or why there is none. */
export function parseRelation(type: string, one: string, other: string): RowRelation | RowFault {
  const named = relationType(type);
  if (named === undefined) return "unknownRelation";
  const [first, second] = [rowEnd(one), rowEnd(other)];
  if (typeof first === "string") return first;
  if (typeof second === "string") return second;
  return { type: named, ends: [first, second] };
}

/** The entity that a concept's type and identifiers name; undefined for none of ours. */
export function parseConcept(typeName: string, ids: string): RowEntity | undefined {
  const entity = memoEntity(`${typeName}|${ids}`);
  return typeof entity === "string" ? undefined : entity;
}

const relationType = memoized((written: string): RelationType | undefined => {
  const type = relationTypeOf(written);
  return isRelationType(type) ? type : undefined;
});

/** `Chemical|MESH:D000001`; a variant's identifier holds bars itself. */
const memoEntity = memoized((written: string): RowEntity | RowFault => {
  const bar = written.indexOf("|");
  const typeName = written.slice(0, Math.max(bar, 0));
  const type = entityTypeByName(typeName);
  if (bar < 0 || type === undefined) return "unknownEntity";
  const curies = [...new Set(parseIds(written.slice(bar + 1), type, typeName).ids)];
  return curies.length === 0 ? "noIdentifier" : { type, curies };
});

function rowEnd(written: string): RowEntity | RowFault {
  const entity = memoEntity(written);
  if (typeof entity === "string") return entity;
  return pairEntityType(entity.type) === undefined ? "noRole" : entity;
}
