/**
 * The pairs of a document as the original tool draws them: unique (identifier, type) in order of first mention,
 * every unordered pair whose types the corpus pairs. Identifiers are the source's own, not CURIEs.
 */
import type { Document, Mention } from "../../src/core/document.js";
import {
  PAIR_ENTITY_TYPES,
  type PairEntityType,
  type PairType,
  pairEntityType,
  pairType,
} from "../../src/core/relation-types.js";

/** An entity by the source's identifier, with its CURIE and its mentions in text order. */
export interface CompatEntity {
  readonly id: string;
  readonly curie: string;
  readonly role: PairEntityType;
  readonly mentions: readonly Mention[];
}

/** A pair; `source` is the tool's Src, `target` its Tgt: an order, not a direction. */
export interface CompatPair {
  readonly source: CompatEntity;
  readonly target: CompatEntity;
}

/** All pairs of the given types, of variants too if wanted. A mention with several identifiers counts for each. */
export function compatPairs(
  document: Document,
  pairTypes: readonly PairType[],
  variants: boolean,
): CompatPair[] {
  // The tool's reader passes over BC5CDR's composite annotations, which have a seventh column.
  const mentions = document.mentions.filter(
    (mention) => mention.composite !== true && (variants || mention.type !== "Variant"),
  );
  const entities = compatEntities(mentions);
  const pairs: CompatPair[] = [];
  for (const [index, first] of entities.entries()) {
    for (const second of entities.slice(index + 1)) {
      const type = pairType(first.role, second.role);
      if (type === undefined || !pairTypes.includes(type) || first.id === second.id) continue;
      const swapped = PAIR_ENTITY_TYPES.indexOf(first.role) > PAIR_ENTITY_TYPES.indexOf(second.role);
      pairs.push(swapped ? { source: second, target: first } : { source: first, target: second });
    }
  }
  return pairs;
}

function compatEntities(mentions: readonly Mention[]): CompatEntity[] {
  const found = new Map<string, { id: string; curie: string; role: PairEntityType; mentions: Mention[] }>();
  const inTextOrder = mentions.toSorted((a, b) => a.start - b.start || a.end - b.end);
  for (const mention of inTextOrder) {
    const role = pairEntityType(mention.type);
    if (role === undefined) continue;
    for (const [index, id] of mention.sourceIds.entries()) {
      const key = `${role}\t${id}`;
      const entity = found.get(key) ?? { id, curie: mention.ids[index] ?? id, role, mentions: [] };
      entity.mentions.push(mention);
      found.set(key, entity);
    }
  }
  return [...found.values()];
}
