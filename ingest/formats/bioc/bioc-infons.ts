/**
 * What BioC's infons call a thing: every tool has keys of its own for a concept's identifier (GNorm2 `NCBI Gene`,
 * tmVar3 `Identifier`, NLM-Gene `NCBI Gene identifier`, BC5CDR `MESH`) and for a relation's ends. Keys are compared
 * without case, blanks and punctuation.
 */
import { canonicalCurie, isNullId, toCurie } from "../../../src/core/curie.js";
import { memoized } from "../../../src/core/memo.js";
import type { EntityType } from "../../../src/core/relation-types.js";
import { parseVariant } from "../../../src/core/variant-id.js";
import { entityTypeByName } from "../reading/entity-names.js";

/** Infons by folded key. */
type Infons = ReadonlyMap<string, unknown>;

/** The infons of one element, for the functions below. */
export function foldInfons(infons: Readonly<Record<string, unknown>>): Infons {
  const folded = new Map<string, unknown>();
  for (const [key, value] of Object.entries(infons)) {
    folded.set(foldKey(key), value);
  }
  return folded;
}

const foldKey = memoized((key) => key.toLowerCase().replace(/[^a-z0-9]/g, ""));

const TYPE_KEYS = ["type", "entitytype", "semantictype", "biotype"];
const ID_KEYS = [
  "identifier",
  "identifiers",
  "conceptid",
  "normalizedid",
  "normalizedids",
  "databaseid",
  "dbid",
];
const GENE_KEYS = [
  "ncbigene",
  "ncbigeneidentifier",
  "ncbigeneid",
  "entrezgene",
  "entrezgeneid",
  "entrezid",
  "entrez",
  "geneid",
];
// Keys that name a vocabulary, and the prefix that a number under them needs.
const VOCABULARIES = Object.entries({
  ncbitaxonomy: "NCBITaxon",
  ncbitaxonomyidentifier: "NCBITaxon",
  ncbitaxid: "NCBITaxon",
  taxonomyid: "NCBITaxon",
  taxonomy: "NCBITaxon",
  taxid: "NCBITaxon",
  speciesid: "NCBITaxon",
  mesh: "MESH",
  meshid: "MESH",
  omim: "OMIM",
  omimid: "OMIM",
  mim: "OMIM",
  chebi: "CHEBI",
  chebiid: "CHEBI",
  cui: "UMLS",
  umls: "UMLS",
  umlscui: "UMLS",
  cellosaurus: "Cellosaurus",
});
const RS_KEYS = ["rsid", "rsids", "rs", "dbsnp", "dbsnpid", "snpid"];
const VARIANT_KEYS = ["tmvar", "tmvarid", "variantid", "hgvs"];

/** The source's name for the type of a mention or a relation, or an empty string. */
export function infonType(infons: Infons, keys: readonly string[] = TYPE_KEYS): string {
  for (const key of keys) {
    const type = textOf(infons.get(key));
    if (type !== undefined && type.trim() !== "") return type;
  }
  return "";
}

/** The identifier field of a mention, in a form that `parseIds` splits; empty where no key holds one. */
export function infonIds(infons: Infons, type: EntityType): string {
  return type === "Variant"
    ? variantField(infons)
    : (said(infons, ID_KEYS) ?? said(infons, GENE_KEYS) ?? vocabularyField(infons, type));
}

function vocabularyField(infons: Infons, type: EntityType): string {
  for (const [key, prefix] of VOCABULARIES) {
    if (!infons.has(key)) continue;
    const value = said(infons, [key]);
    if (value === undefined) continue;
    const known = toCurie(value, type);
    const isKnown = known !== undefined && canonicalCurie(known) !== undefined;
    return /^\d+$/.test(value) && !isKnown ? `${prefix}:${value}` : value;
  }
  return "";
}

/** PubTator3 and tmVar say a variant's number, gene and HGVS name again in infons of their own. */
function variantField(infons: Infons): string {
  const main = said(infons, [...ID_KEYS, ...VARIANT_KEYS]) ?? "";
  const rs = /\d+/.exec(said(infons, RS_KEYS) ?? "")?.[0];
  const gene = said(infons, ["correspondinggene", ...GENE_KEYS]);
  const written = parseVariant(main);
  const fields = [main];
  if (rs !== undefined && written.rs === undefined) fields.push(`RS#:${rs}`);
  if (
    gene !== undefined &&
    written.gene === undefined &&
    written.change !== undefined &&
    written.rs === undefined
  ) {
    fields.push(`CorrespondingGene:${gene}`);
  }
  return fields.filter((field) => field !== "").join(";");
}

/** The first of the keys that holds an identifier. */
function said(infons: Infons, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = textOf(infons.get(key));
    if (value !== undefined && !isNullId(value)) return value;
  }
  return undefined;
}

const END_KEYS = [
  ["entity1", "entity2"],
  ["role1", "role2"],
  ["arg1", "arg2"],
  ["node1", "node2"],
  ["subject", "object"],
] as const;
const RELATION_TYPE_KEYS = ["type", "relationtype", "relation", "predicate", "label"];

/** A relation's type as its infons say it, or an empty string. BC5CDR calls it `relation`. */
export function relationInfonType(infons: Infons): string {
  return infonType(infons, RELATION_TYPE_KEYS);
}

/** The written ends of a relation, or undefined where its infons name none. BC5CDR calls them by what they are. */
export function relationInfonEnds(infons: Infons): readonly [string, string] | undefined {
  for (const [one, other] of END_KEYS) {
    if (infons.has(one) && infons.has(other)) return [endText(infons.get(one)), endText(infons.get(other))];
  }
  const named = [...infons].filter(([key]) => entityTypeByName(key.replace(/\d$/, "")) !== undefined);
  const [first, second] = named;
  return first === undefined || second === undefined ? undefined : [endText(first[1]), endText(second[1])];
}

/** The end that the relation goes out from, where its infons say so beside naming both. */
export function relationInfonSubject(infons: Infons): string | undefined {
  return infons.has("subject") && !infons.has("object") ? endText(infons.get("subject")) : undefined;
}

/** An end is an identifier, PubTator3's `Chemical|MESH:D000001`, or an object that holds it. */
function endText(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return textOf(value) ?? "";
  const fields = foldInfons({ ...value });
  const id = said(fields, ID_KEYS) ?? "";
  const type = textOf(fields.get("type"));
  return type !== undefined && /^\d+$/.test(id) ? `${type}|${id}` : id;
}

/** An infon's value as text; the members of a list are joined as an identifier field is. */
export function textOf(value: unknown): string | undefined {
  return Array.isArray(value) ? value.flatMap((one) => plainText(one) ?? []).join(";") : plainText(value);
}

function plainText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}
