/**
 * The graph as JSON-LD: entities and relations as things of the Biolink Model, the prefixes of their CURIEs resolved by the
 * context. One thing a line, so that it can be read and resumed like lines of JSON too.
 */
import { BIOLINK_CATEGORIES, toBiolinkCurie, withBars } from "../../core/biolink/biolink.js";
import { type ExportForm, rowStage, type TextShape, textPieces } from "./export-form.js";
import {
  type ExportedEntity,
  type ExportedRelation,
  exportedEntities,
  exportedRelations,
} from "./exported-graph.js";
import { toKgxEdge } from "./kgx.js";

const CONTEXT = {
  "@vocab": "https://w3id.org/biolink/vocab/",
  biolink: "https://w3id.org/biolink/vocab/",
  bioweft: "urn:bioweft:",
  infores: "https://w3id.org/biolink/infores/",
  ...{ NCBIGene: "http://identifiers.org/ncbigene/", MESH: "http://identifiers.org/mesh/" },
  ...{ OMIM: "http://identifiers.org/omim/", UMLS: "http://identifiers.org/umls/" },
  ...{ DBSNP: "http://identifiers.org/dbsnp/", PMID: "http://identifiers.org/pubmed/" },
  ...{
    CHEBI: "http://purl.obolibrary.org/obo/CHEBI_",
    NCBITaxon: "http://purl.obolibrary.org/obo/NCBITaxon_",
  },
  ...{ Cellosaurus: "http://identifiers.org/cellosaurus/", tmVar: "urn:tmvar:" },
  ...{ id: "@id", category: "@type" },
  subject: { "@type": "@id" },
  object: { "@type": "@id" },
  predicate: { "@type": "@id" },
  acting_end: { "@type": "@id" },
  publications: { "@type": "@id" },
  primary_knowledge_source: { "@type": "@id" },
};

const SHAPE: TextShape = {
  // What stands first is a thing too, so that every other can begin with the comma before it.
  opening: `{"@context":${JSON.stringify(CONTEXT)},\n"@graph":[\n{"id":"bioweft:graph","category":"biolink:Dataset"}\n`,
  stages: [
    rowStage("entities", exportedEntities, (entity) => thing(toNode(entity))),
    rowStage("relations", exportedRelations, (relation) => thing(toEdge(relation))),
  ],
  closing: "]}\n",
};

/** JSON-LD, one file. */
export const JSON_LD: ExportForm = {
  name: "jsonld",
  description: "JSON-LD in the terms of the Biolink Model",
  shows: "graph",
  parts: [
    {
      ...{ name: "graph", suffix: ".jsonld", mediaType: "application/ld+json", isResumable: true },
      pieces: (source, after) => textPieces(SHAPE, source, after),
    },
  ],
};

function toNode({ curie, type, name, synonyms }: ExportedEntity): object {
  return { id: iri(toBiolinkCurie(curie)), category: BIOLINK_CATEGORIES[type], name, synonym: synonyms };
}

function toEdge(relation: ExportedRelation): object {
  const { id: _, subject, object, acting_end, ...told } = toKgxEdge(relation);
  const known = Object.entries(told).filter(([, value]) => value !== null);
  return {
    ...{
      id: `bioweft:${encodeURIComponent(relation.id)}`,
      subject: iri(String(subject)),
      object: iri(String(object)),
    },
    ...(acting_end === null ? {} : { acting_end: iri(String(acting_end)) }),
    ...Object.fromEntries(known),
  };
}

/** A CURIE whose local part may stand in an address. */
function iri(spelled: string): string {
  const curie = withBars(spelled);
  const colon = curie.indexOf(":");
  return curie.slice(0, colon + 1) + encodeURIComponent(curie.slice(colon + 1));
}

function thing(value: object): string {
  return `,${JSON.stringify(value)}\n`;
}
