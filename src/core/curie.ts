/**
 * CURIEs: one canonical spelling for every identifier that corpora and users write. Readers turn the source's
 * identifiers into CURIEs here; the API accepts any known spelling through `canonicalCurie`. It knows forms
 * only: whether an identifier exists is not its business. Prefixes: Bioregistry; variants: tmVar 3.
 */
import type { EntityType } from "./relation-types.js";
import { parseVariant } from "./variant-id.js";

/** A CURIE's two parts, e.g. `MESH` and `D003920`. Cellosaurus accessions carry their own prefix, `CVCL`. */
interface CurieParts {
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
  {
    prefix: "NCBIGene",
    spellings: ["ncbigene", "ncbigeneid", "egid", "entrezgene", "entrezgeneid", "entrez", "geneid", "gene"],
    local: /^\d+$/,
  },
  {
    prefix: "NCBITaxon",
    spellings: ["ncbitaxon", "ncbitaxonomy", "ncbitaxid", "taxonomy", "taxid", "taxon", "tax"],
    local: /^\d+$/,
  },
  // A MeSH number has six digits or, since they ran out, nine; a UMLS concept has seven.
  { prefix: "MESH", spellings: ["mesh", "msh", "ncbimesh"], local: /^(?:[CD](?:\d{6}|\d{9})|[MQ]\d+)$/ },
  { prefix: "UMLS", spellings: ["umls", "cui", "umlscui"], local: /^C\d{7}$/ },
  { prefix: "OMIM", spellings: ["omim", "mim"], local: /^(?:PS)?\d+$/ },
  { prefix: "CHEBI", spellings: ["chebi"], local: /^\d+$/ },
  { prefix: "dbSNP", spellings: ["dbsnp", "snp"], local: /^rs\d+$/ },
];
const BY_SPELLING = new Map(NAMESPACES.flatMap((space) => space.spellings.map((name) => [name, space])));
// What tools write where they found no identifier, without case and punctuation.
const NULL_WORDS = new Set(
  [
    "",
    "none",
    "null",
    "na",
    "nan",
    "nil",
    "cuiless",
    "undefined",
    "unknown",
    "noid",
    "notfound",
    "unmapped",
  ].concat(["missing", "nocui", "noconcept"]),
);

/**
 * Whether a source says that it has no identifier: `-`, `-1`, `None`, `null`, `NA`, `N/A`, `nan`, `CUI-less`, zero, an
 * empty field, or a prefix with one of these behind it or nothing (`MESH:`, `MESH:-1`, `NCBIGene:0`).
 */
export function isNullId(text: string): boolean {
  // Nearly all are plainly none of these.
  if (/^(?:[1-9]\d*|[CD]\d{6,}|MESH:[CD]\d{6,})$/.test(text)) return false;
  const id = text.trim();
  if (/^-+\d*$|^[+-]?0+(?:\.0+)?$|^rs0+$/i.test(id)) return true;
  const prefix = /^(?:[A-Za-z][\w #-]*:|CVCL_|rs(?=-|none|null|nan?$|$))/i.exec(id)?.[0];
  if (prefix !== undefined) return isNullId(id.slice(prefix.length));
  return /^[\x20-\x7e]*$/.test(id) && NULL_WORDS.has(id.toLowerCase().replace(/[^a-z0-9]/g, ""));
}

/**
 * The canonical CURIE of an identifier as a source spelled it, or undefined where the source says that it has none
 * (`isNullId`) or it can be none: a MeSH number of five digits, letters where the prefix asks for a number. What
 * fits no known form is kept as it is, so that different identifiers never meet.
 */
export function toCurie(sourceId: string, type: EntityType): string | undefined {
  if (isNullId(sourceId)) return undefined;
  if (type === "Variant") return variantCurie(sourceId.trim());
  // GNormPlus stars what it guessed, NCBI's annotators what they are unsure of.
  const starred = sourceId.replace(/^[\s*]+|[\s*]+$/g, "");
  // PubTator's older exports write the organism behind a gene: 22059(Tax:10090).
  const id = type === "Gene" ? starred.replace(/\s*\(Tax:\d+\)$/i, "") : starred;
  const known = canonicalCurie(id);
  if (known !== undefined) return known;
  if (id.includes("|")) return compoundCurie(id, type);
  const numbered = type === "Gene" ? "NCBIGene" : type === "Species" ? "NCBITaxon" : undefined;
  // A table that was read as numbers writes 7124.0.
  const number = /^(\d+)(?:\.0)?$/.exec(id)?.[1];
  if (numbered !== undefined && number !== undefined) return `${numbered}:${number}`;
  return isImpossible(id, type) ? undefined : id;
}

/** Whether it has a known prefix with what cannot follow it, or is a MeSH or UMLS number of a wrong length. */
function isImpossible(id: string, type: EntityType): boolean {
  if (BY_SPELLING.has(spelling(id.slice(0, Math.max(id.indexOf(":"), 0))))) return true;
  return (type === "Disease" || type === "Chemical") && /^[CD]\d{4,}$/i.test(id);
}

/** The two parts of a CURIE in any known spelling (`mesh:d003920`, `EntrezGene:7157`, `rs123`), or undefined. */
export function parseCurie(text: string): CurieParts | undefined {
  const trimmed = text.trim();
  const bare = bareParts(trimmed);
  if (bare !== undefined) return bare;
  const colon = trimmed.indexOf(":");
  if (colon < 1) return undefined;
  const name = spelling(trimmed.slice(0, colon));
  const local = trimmed.slice(colon + 1).trim();
  if (name === "tmvar") return variantParts(trimmed);
  const cellLine = /^(?:CVCL_)?([A-Z0-9]{4})$/i.exec(local);
  if ((name === "cellosaurus" || name === "cvcl") && cellLine?.[1] !== undefined) {
    return { prefix: "CVCL", local: cellLine[1].toUpperCase() };
  }
  const space = BY_SPELLING.get(name);
  if (space === undefined) return undefined;
  // Some write the prefix twice, CHEBI:CHEBI:15365.
  const again = local.includes(":") ? parseCurie(local) : undefined;
  if (again?.prefix === space.prefix) return again;
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

/** A prefix without case, blanks and dashes: `NCBI Gene`, `ncbi_gene` and `NCBIGene` are one. */
function spelling(prefix: string): string {
  return prefix.toLowerCase().replace(/[\s_-]/g, "");
}

/** Identifiers that need no prefix to be known: MeSH, UMLS and rs numbers, Cellosaurus accessions. */
function bareParts(text: string): CurieParts | undefined {
  if (/^[CD](?:\d{6}|\d{9})$/i.test(text)) return { prefix: "MESH", local: text.toUpperCase() };
  if (/^C\d{7}$/i.test(text)) return { prefix: "UMLS", local: text.toUpperCase() };
  if (/^rs\d+$/i.test(text)) return { prefix: "dbSNP", local: text.toLowerCase() };
  const cellLine = /^CVCL_([A-Z0-9]{4})$/i.exec(text)?.[1];
  return cellLine === undefined ? undefined : { prefix: "CVCL", local: cellLine.toUpperCase() };
}

/**
 * BioRED's compound diseases are one identifier of several MeSH numbers: `D015458|D016399`. Parts that are none are
 * left out of it.
 */
function compoundCurie(id: string, type: EntityType): string | undefined {
  const parts = id.split("|").flatMap((part) => toCurie(part, type) ?? []);
  return parts.length === 0 ? undefined : parts.join("|");
}

function canonicalLocal(space: Namespace, local: string): string {
  if (space.prefix === "dbSNP") return local.replace(/^(?:rs)?(?=\d)/i, "rs");
  return space.prefix === "MESH" || space.prefix === "OMIM" || space.prefix === "UMLS"
    ? local.toUpperCase()
    : local;
}

function variantCurie(id: string): string | undefined {
  const parts = variantParts(id);
  return parts === undefined ? undefined : `${parts.prefix}:${parts.local}`;
}

/** A variant's identity over papers: the rs number where there is one, else the change, with its gene. */
function variantParts(text: string): CurieParts | undefined {
  const { rs, change, gene } = parseVariant(text);
  if (rs !== undefined) return { prefix: "dbSNP", local: `rs${rs}` };
  if (change === undefined) return undefined;
  return { prefix: "tmVar", local: gene === undefined ? change : `${change};CorrespondingGene:${gene}` };
}
