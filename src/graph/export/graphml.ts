/**
 * The graph as GraphML (http://graphml.graphdrawing.org), for networkx, igraph, Gephi, Cytoscape: undirected, one edge a
 * relation. It has no lists: synonyms, sources and publications are joined by bars.
 */
import { BIOLINK_CATEGORIES, BIOLINK_PREDICATES, publicationCurie } from "../../core/biolink/biolink.js";
import { type ExportForm, rowStage, type TextShape, textPieces } from "./export-form.js";
import {
  type ExportedEntity,
  type ExportedRelation,
  exportedEntities,
  exportedRelations,
} from "./exported-graph.js";

type Told = Readonly<Record<string, string | number | null>>;

const NODE_KEYS = { name: "string", type: "string", category: "string", synonyms: "string" } as const;
const EDGE_KEYS = {
  ...({ type: "string", predicate: "string", belief: "double", papers: "int", first_year: "int" } as const),
  ...({ last_year: "int", acting_end: "string", sources: "string", publications: "string" } as const),
};

const SHAPE: TextShape = {
  opening: [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keyLines("node", "n", NODE_KEYS),
    ...keyLines("edge", "e", EDGE_KEYS),
    '<graph id="bioweft" edgedefault="undirected">\n',
  ].join("\n"),
  stages: [
    rowStage("entities", exportedEntities, nodeLine),
    rowStage("relations", exportedRelations, edgeLine),
  ],
  closing: "</graph>\n</graphml>\n",
};

/** GraphML, one file. */
export const GRAPHML: ExportForm = {
  name: "graphml",
  description: "GraphML for networkx, igraph, Gephi and Cytoscape",
  shows: "graph",
  parts: [
    {
      ...{ name: "graph", suffix: ".graphml", mediaType: "application/graphml+xml", isResumable: true },
      pieces: (source, after) => textPieces(SHAPE, source, after),
    },
  ],
};

function nodeLine({ curie, type, name, synonyms }: ExportedEntity): string {
  const told = { name, type, category: BIOLINK_CATEGORIES[type], synonyms: synonyms.join("|") };
  return `<node id="${escaped(curie)}">${data("n", told)}</node>\n`;
}

function edgeLine(relation: ExportedRelation): string {
  const { id, type, subject, object, belief, papers, firstYear, lastYear, acting, sources, evidence } =
    relation;
  const publications = new Set(
    evidence.flatMap(({ negated, pmid }) => (negated ? [] : [publicationCurie(pmid)])),
  );
  const told = {
    ...{
      type,
      predicate: BIOLINK_PREDICATES[type],
      belief,
      papers,
      first_year: firstYear,
      last_year: lastYear,
    },
    ...{ acting_end: acting, sources: sources.join("|"), publications: [...publications].join("|") },
  };
  const ends = `source="${escaped(subject)}" target="${escaped(object)}"`;
  return `<edge id="${escaped(id)}" ${ends}>${data("e", told)}</edge>\n`;
}

function keyLines(of: "node" | "edge", prefix: string, keys: Readonly<Record<string, string>>): string[] {
  return Object.entries(keys).map(
    ([name, type]) => `<key id="${prefix}_${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`,
  );
}

function data(prefix: string, told: Told): string {
  return Object.entries(told)
    .flatMap(([name, value]) =>
      value === null ? [] : [`<data key="${prefix}_${name}">${escaped(String(value))}</data>`],
    )
    .join("");
}

// What XML 1.0 knows no way to write: control characters, lone surrogates and the two that are no characters.
const UNWRITABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text inside an element or an attribute; line ends and tabs, which attributes would lose, by number. */
function escaped(text: string): string {
  return text
    .replace(UNWRITABLE, "\ufffd")
    .replace(/[&<>"\t\r\n]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
