/**
 * Finds a document's entities in the ends of its relations, however a tool spells them: another prefix or case,
 * `Chemical|MESH:C900001|quenolide`, `RS#:9;CorrespondingGene:801`, several at once (`7124;21926`).
 */
import { isNullId, toCurie } from "../../../src/core/curie.js";
import type { Mention } from "../../../src/core/document.js";
import { memoized } from "../../../src/core/memo.js";
import type { EntityType } from "../../../src/core/relation-types.js";
import { parseVariant, splitVariants } from "../../../src/core/variant-id.js";
import { entityTypeByName } from "./entity-names.js";

/** What one written end names. */
export interface RelationEnd {
  /** CURIEs of the document's mentions. */
  readonly known: readonly string[];
  /** CURIEs of what it names besides, which the document does not mention. */
  readonly unknown: readonly string[];
}

// A number can be a gene and a species; relations hold between genes, so species and cell lines come last.
const BY_LIKELIHOOD: readonly EntityType[] = [
  "Gene",
  "Disease",
  "Chemical",
  "Variant",
  "Species",
  "CellLine",
];

/** Makes the finder for one document's mentions. A null identifier names nothing at all. */
export function relationEnds(mentions: readonly Mention[]): (written: string) => RelationEnd {
  const known = knownSpellings(mentions);
  const find = (id: string, first?: EntityType): string | undefined => {
    const asWritten = known.get(id);
    if (asWritten !== undefined) return asWritten;
    for (const type of first === undefined ? BY_LIKELIHOOD : [first, ...BY_LIKELIHOOD]) {
      const curie = known.get(toCurie(id, type) ?? "");
      if (curie !== undefined) return curie;
    }
    return variantSpellings(id)
      .map((spelling) => known.get(spelling))
      .find((curie) => curie !== undefined);
  };
  return (written) => {
    const asWritten = known.get(written);
    if (asWritten !== undefined) return { known: [asWritten], unknown: [] };
    const { type, id } = typedEnd(written.trim());
    if (isNullId(id)) return { known: [], unknown: [] };
    const whole = find(id, type) ?? find(written.trim());
    if (whole !== undefined) return { known: [whole], unknown: [] };
    const parts = (isVariant(id, type) ? splitVariants(id) : splitEnd(id)).filter((part) => !isNullId(part));
    const found = parts.map((part) => find(part, type));
    const meant = found.filter((curie) => curie !== undefined);
    // PubTator3 writes the name behind the identifier: what is no identifier beside one that is known is that.
    const rest = parts.filter(
      (part, index) => found[index] === undefined && (meant.length === 0 || hasIdForm(part)),
    );
    if (meant.length > 0)
      return { known: [...new Set(meant)], unknown: rest.flatMap((part) => guess(part, type)) };
    return {
      known: [],
      unknown:
        parts.length > 1 && !id.includes("|") ? rest.flatMap((part) => guess(part, type)) : guess(id, type),
    };
  };
}

/** The CURIE that each spelling of the mentions' identifiers stands for. */
function knownSpellings(mentions: readonly Mention[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  const changes = new Map<string, Set<string>>();
  const inOrder = BY_LIKELIHOOD.flatMap((type) => mentions.filter((mention) => mention.type === type));
  for (const mention of inOrder) {
    for (const [index, curie] of mention.ids.entries()) {
      const sourceId = mention.sourceIds[index] ?? curie;
      for (const spelling of [sourceId, curie]) if (!known.has(spelling)) known.set(spelling, curie);
      if (mention.type !== "Variant") continue;
      for (const spelling of variantSpellings(sourceId)) {
        changes.set(spelling, (changes.get(spelling) ?? new Set()).add(curie));
      }
    }
  }
  // A change without its gene is somebody's only where one variant of the document has it.
  for (const [spelling, curies] of changes) {
    const [curie] = curies;
    if (curie !== undefined && curies.size === 1 && !known.has(spelling)) known.set(spelling, curie);
  }
  return known;
}

/** What else a variant may be called within a document: its number, its change in its gene, its change alone. */
const variantSpellings = memoized((id): readonly string[] => {
  const { rs, change, gene } = parseVariant(id);
  return [
    ...(rs === undefined ? [] : [`dbSNP:rs${rs}`]),
    ...(change === undefined || gene === undefined ? [] : [`tmVar:${change};CorrespondingGene:${gene}`]),
    ...(change === undefined ? [] : [`tmVar:${change}`]),
  ];
});

/** `Chemical|MESH:C900001`: the type before the bar, where it is one; `c|DEL|1314_1328|` is an identifier. */
function typedEnd(written: string): { readonly type?: EntityType; readonly id: string } {
  const bar = written.indexOf("|");
  const type = bar < 2 ? undefined : entityTypeByName(written.slice(0, bar));
  return type === undefined ? { id: written } : { type, id: written.slice(bar + 1) };
}

function isVariant(id: string, type: EntityType | undefined): boolean {
  return type === "Variant" || /^[cgmnpr][|.]|^tmVar:|^rs\d|^rs#|CorrespondingGene:|HGVS:/i.test(id);
}

function splitEnd(id: string): string[] {
  return id.split(/[,;|+]/).map((part) => part.trim());
}

function hasIdForm(part: string): boolean {
  return /^\d+$|^[A-Za-z][\w# -]*:\S|^[CD]\d{6,}$|^rs\d+$/i.test(part);
}

/** The CURIE of an identifier that no mention has, by its form. */
function guess(id: string, type: EntityType | undefined): string[] {
  const likely = type ?? (/^\d+$/.test(id) ? "Gene" : isVariant(id, undefined) ? "Variant" : "Disease");
  return [toCurie(id, likely) ?? []].flat();
}
