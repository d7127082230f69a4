/**
 * Small labels that say what something is; each explains itself when pointed at, and on the help page.
 */
import type { EntityType, RelationType, SourceKind } from "../../generated/documents.js";
import { entityHref } from "../navigation/addresses.js";
import { ENTITY_WORDS, RELATION_WORDS, SOURCE_WORDS } from "../words/vocabulary.js";

/** What kind of thing an entity is. */
export function EntityBadge({ type }: { readonly type: EntityType }) {
  const { label, meaning } = ENTITY_WORDS[type];
  return (
    <span class={`badge entity-${type.toLowerCase()}`} title={meaning}>
      {label}
    </span>
  );
}

/** What kind of relation it is. */
export function RelationBadge({ type }: { readonly type: RelationType }) {
  const { label, meaning } = RELATION_WORDS[type];
  return (
    <span class={`badge relation-${type.toLowerCase()}`} title={meaning}>
      {type === "POSITIVE_CORRELATION" && <span aria-hidden="true">↑↑ </span>}
      {type === "NEGATIVE_CORRELATION" && <span aria-hidden="true">↑↓ </span>}
      {label}
    </span>
  );
}

/** Who says so. */
export function SourceBadge({ kind, source }: { readonly kind: SourceKind; readonly source: string }) {
  const { label, meaning } = SOURCE_WORDS[kind];
  return (
    <span class={`badge source-${kind.toLowerCase()}`} title={meaning}>
      {label} <span class="badge-detail">{source}</span>
    </span>
  );
}

/** An entity's name that leads to it. */
export function EntityLink({
  entity,
}: {
  readonly entity: { curie: string; name: string; type?: EntityType };
}) {
  const kind = entity.type === undefined ? "" : `${ENTITY_WORDS[entity.type].label}, `;
  return (
    <a class="entity-link" href={entityHref(entity.curie)} title={`${kind}${entity.curie}`}>
      {entity.name}
    </a>
  );
}
