/**
 * The pairs of a document as the original BioREx tool draws them: unique (identifier, type) in order of first mention,
 * every unordered pair whose types the corpus pairs. Identifiers are the source's own, not CURIEs; our own models ask
 * the pairs of candidate.ts.
 */
import type { DocumentEntity } from "../candidate.js";
import { type Document, inTextOrder, type Mention } from "../document.js";
import { PAIR_ENTITY_TYPES, type PairType, pairEntityType, pairType } from "../relation-types.js";
import { required } from "../required.js";
import type { CompatForm } from "./compat-form.js";

/** An entity by the source's identifier. */
export interface CompatEntity extends DocumentEntity {
  readonly id: string;
}

/** A pair; `source` is the tool's Src, `target` its Tgt: an order, not a direction. */
export interface CompatPair {
  readonly source: CompatEntity;
  readonly target: CompatEntity;
  readonly pairType: PairType;
}

/** All pairs of the form's types, of variants too if it pairs them. A mention with several identifiers counts for each. */
export function compatPairs(
  document: Document,
  form: Pick<CompatForm, "pairTypes" | "variants">,
): CompatPair[] {
  return [...eachCompatPair(document, form)];
}

/** The same pairs one after the other: of thousands of entities there are millions. */
export function* eachCompatPair(
  document: Document,
  { pairTypes, variants }: Pick<CompatForm, "pairTypes" | "variants">,
): Generator<CompatPair> {
  // The tool's reader passes over BC5CDR's composite annotations, which have a seventh column.
  const mentions = document.mentions.filter(
    (mention) => mention.composite !== true && (variants || mention.type !== "Variant"),
  );
  const entities = compatEntities(mentions);
  for (const [index, first] of entities.entries()) {
    for (let other = index + 1; other < entities.length; other++) {
      const second = required(entities[other], "an entity of the document");
      const type = pairType(first.role, second.role);
      if (type === undefined || !pairTypes.includes(type) || first.id === second.id) continue;
      const swapped = PAIR_ENTITY_TYPES.indexOf(first.role) > PAIR_ENTITY_TYPES.indexOf(second.role);
      const [source, target] = swapped ? [second, first] : [first, second];
      yield { source, target, pairType: type };
    }
  }
}

function compatEntities(mentions: readonly Mention[]): CompatEntity[] {
  const found = new Map<string, CompatEntity & { mentions: Mention[] }>();
  const ordered = mentions.toSorted(inTextOrder);
  for (const mention of ordered) {
    const role = pairEntityType(mention.type);
    if (role === undefined) continue;
    for (const [index, id] of mention.sourceIds.entries()) {
      const key = `${role}\t${id}`;
      const curie = mention.ids[index] ?? id;
      const entity = found.get(key) ?? { id, curie, type: mention.type, role, mentions: [] };
      entity.mentions.push(mention);
      found.set(key, entity);
    }
  }
  return [...found.values()];
}
