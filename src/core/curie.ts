/**
 * CURIEs: one canonical spelling for every identifier that corpora and users write. Readers turn the source's
 * identifiers into CURIEs here; the API accepts any known spelling through `canonicalCurie`. It knows forms
 * only: whether an identifier exists is not its business. Prefixes: Bioregistry; variants: tmVar 3.
 */
import type { EntityType } from "./relation-types.js";

/** A CURIE's two parts, e.g. `MESH` and `D003920`. Cellosaurus accessions carry their own prefix, `CVCL`. */
export interface CurieParts {
  readonly prefix: string;
  readonly local: string;
}

/** How one namespace is spelled: the canonical prefix, what other spellings name it, and what may follow. */
interface Namespace {
  readonly prefix: string;
  readonly spellings: readonly string[];
  readonly local: RegExp;
}

const NAMESPACES: readonly Namespace[] = [
  { prefix: "NCBIGene", spellings: ["ncbigene", "entrezgene", "entrez", "geneid", "gene"], local: /^\d+$/ },
  { prefix: "NCBITaxon", spellings: ["ncbitaxon", "taxonomy", "taxid", "taxon", "tax"], local: /^\d+$/ },
  { prefix: "MESH", spellings: ["mesh", "msh"], local: /^[CDMQ]\d+$/ },
  { prefix: "OMIM", spellings: ["omim", "mim"], local: /^(?:PS)?\d+$/ },
  { prefix: "CHEBI", spellings: ["chebi"], local: /^\d+$/ },
  { prefix: "dbSNP", spellings: ["dbsnp", "snp"], local: /^rs\d+$/ },
];
const BY_SPELLING = new Map(NAMESPACES.flatMap((space) => space.spellings.map((name) => [name, space])));
const NULL_IDS = new Set(["", "-", "-1"]);

/**
 * The canonical CURIE of an identifier as a source spelled it, or undefined where the source says that it has
 * none (`-`, `-1`, empty). What fits no known form is kept as it is, so that different identifiers never meet.
 */
export function toCurie(sourceId: string, type: EntityType): string | undefined {
  const id = sourceId.trim();
  if (NULL_IDS.has(id)) return undefined;
  if (type === "Variant") return variantCurie(id);
  const known = canonicalCurie(id);
  if (known !== undefined) return known;
  if (id.includes("|")) return compoundCurie(id, type);
  // PubTator's older exports write the organism behind a gene: 22059(Tax:10090).
  if (type === "Gene") return id.replace(/^(\d+)(?:\(Tax:\d+\))?$/, "NCBIGene:$1");
  if (type === "Species") return id.replace(/^(\d+)$/, "NCBITaxon:$1");
  return id;
}

/** The two parts of a CURIE in any known spelling (`mesh:d003920`, `EntrezGene:7157`, `rs123`), or undefined. */
export function parseCurie(text: string): CurieParts | undefined {
  const trimmed = text.trim();
  const bare = bareParts(trimmed);
  if (bare !== undefined) return bare;
  const colon = trimmed.indexOf(":");
  if (colon < 1) return undefined;
  const name = trimmed.slice(0, colon).toLowerCase();
  const local = trimmed.slice(colon + 1).trim();
  if (name === "tmvar") return variantParts(trimmed);
  const cellLine = /^(?:CVCL_)?([A-Z0-9]{4})$/i.exec(local);
  if ((name === "cellosaurus" || name === "cvcl") && cellLine?.[1] !== undefined) {
    return { prefix: "CVCL", local: cellLine[1].toUpperCase() };
  }
  const space = BY_SPELLING.get(name);
  if (space === undefined) return undefined;
  const spelled = canonicalLocal(space, local);
  return space.local.test(spelled) ? { prefix: space.prefix, local: spelled } : undefined;
}

/**
 * The one canonical form of an identifier in any known spelling, or undefined for what is none. Callers that
 * also hold identifiers of a corpus's own (AIMed's `T1`) fall back on the text itself.
 */
export function canonicalCurie(text: string): string | undefined {
  const parts = parseCurie(text);
  if (parts === undefined) return undefined;
  return parts.prefix === "CVCL" ? `CVCL_${parts.local}` : `${parts.prefix}:${parts.local}`;
}

/** Identifiers that need no prefix to be known: MeSH numbers, rs numbers, Cellosaurus accessions. */
function bareParts(text: string): CurieParts | undefined {
  if (/^[CD]\d{6,}$/i.test(text)) return { prefix: "MESH", local: text.toUpperCase() };
  if (/^rs\d+$/i.test(text)) return { prefix: "dbSNP", local: text.toLowerCase() };
  const cellLine = /^CVCL_([A-Z0-9]{4})$/i.exec(text)?.[1];
  return cellLine === undefined ? undefined : { prefix: "CVCL", local: cellLine.toUpperCase() };
}

/** BioRED's compound diseases are one identifier of several MeSH numbers: `D015458|D016399`. */
function compoundCurie(id: string, type: EntityType): string {
  return id
    .split("|")
    .map((part) => toCurie(part, type) ?? part)
    .join("|");
}

function canonicalLocal(space: Namespace, local: string): string {
  if (space.prefix === "dbSNP") return local.replace(/^(?:rs)?(?=\d)/i, "rs");
  return space.prefix === "MESH" || space.prefix === "OMIM" ? local.toUpperCase() : local;
}

function variantCurie(id: string): string {
  const parts = bareParts(id) ?? (/^(?:tmvar|dbsnp):/i.test(id) ? parseCurie(id) : undefined);
  return parts === undefined ? `tmVar:${id}` : `${parts.prefix}:${parts.local}`;
}

/**
 * tmVar's long form, `tmVar:c|SUB|C|1840|T;HGVS:…;VariantGroup:0;CorrespondingGene:6261;RS#:118192172`: the rs
 * number where there is one; else the change, with its gene, as the same change in another gene is another
 * variant. VariantGroup counts within one paper and HGVS repeats the change, so both are left out.
 */
function variantParts(text: string): CurieParts | undefined {
  const [change = "", ...fields] = text.slice(text.indexOf(":") + 1).split(";");
  const value = (name: string) =>
    fields.find((field) => field.startsWith(`${name}:`))?.slice(name.length + 1);
  const rs = value("RS#") ?? (/^rs\d+$/i.test(change) ? change.slice(2) : undefined);
  if (rs !== undefined && /^\d+$/.test(rs)) return { prefix: "dbSNP", local: `rs${rs}` };
  if (change.trim() === "") return undefined;
  const gene = value("CorrespondingGene");
  const local = gene === undefined || gene === "" ? change : `${change};CorrespondingGene:${gene}`;
  return { prefix: "tmVar", local };
}
