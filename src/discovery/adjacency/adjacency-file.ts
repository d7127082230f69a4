/**
 * The adjacency on disk: one file with a header line in JSON, the CURIEs and the arrays as they lie in memory (little-endian),
 * written whole and read in one go. What is not such a file, is of another version or is cut short is refused.
 */
import { type FileHandle, open } from "node:fs/promises";
import { z } from "zod";
import { BioWeftError, messageOf } from "../../core/errors.js";
import { writeWholeFile } from "../../core/files/whole-file.js";
import { required } from "../../core/required.js";
import type { Adjacency, AdjacencyArrays } from "./adjacency.js";
import { allocateArrays, toAdjacency, withRoom } from "./compress.js";
import { EntityNames } from "./entity-names.js";

/** Raised whenever the layout changes: an older file is built again, not read. */
const VERSION = 2;
const FORMAT = "bioweft adjacency";
const HEADER_BYTES = 1_024;
const LINE_BREAK = 10;
/** Read and written at once; Node refuses more than 2 GB. */
const PIECE = 1 << 28;

const header = z.object({
  format: z.literal(FORMAT),
  version: z.number(),
  graph: z.string(),
  entities: z.number(),
  relations: z.number(),
  edges: z.number(),
  papers: z.number(),
  nameBytes: z.number(),
});
type Header = z.infer<typeof header>;

/** A loaded adjacency and the version of the graph that it was built from. */
interface SavedAdjacency {
  readonly graph: string;
  readonly adjacency: Adjacency;
}

/** Writes the adjacency with the version of its graph. */
export async function writeAdjacency(file: string, { graph, adjacency }: SavedAdjacency): Promise<void> {
  const { bytes: names, used: nameBytes } = adjacency.names.shared;
  const head: Header = {
    format: FORMAT,
    version: VERSION,
    graph,
    entities: adjacency.size,
    relations: adjacency.relations,
    edges: adjacency.edgesUsed,
    papers: adjacency.papersUsed,
    nameBytes,
  };
  const line = Buffer.alloc(HEADER_BYTES, " ");
  line.write(`${JSON.stringify(head)}\n`);
  await writeWholeFile(file, function* () {
    yield line;
    yield names.subarray(0, nameBytes);
    for (const { array, used } of columnsOf(adjacency, head)) {
      const bytes = new Uint8Array(array.buffer, 0, used * array.BYTES_PER_ELEMENT);
      for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
    }
  });
}

/** Loads an adjacency. Throws NOT_FOUND where there is no file, BAD_INPUT for one that cannot be used. */
export async function loadAdjacency(file: string): Promise<SavedAdjacency> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new BioWeftError("NOT_FOUND", `cannot be opened (${messageOf(cause)})`, { place: { file }, cause });
  });
  try {
    return await read(handle, file);
  } finally {
    await handle.close();
  }
}

async function read(handle: FileHandle, file: string): Promise<SavedAdjacency> {
  const head = await readHeader(handle, file);
  const names = new Uint8Array(new SharedArrayBuffer(head.nameBytes));
  const arrays = allocateArrays({
    entities: head.entities,
    edges: withRoom(head.edges),
    papers: withRoom(head.papers),
  });
  let position = HEADER_BYTES;
  const fill = async (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE);
      const { bytesRead } = await handle.read(piece, 0, piece.length, position);
      if (bytesRead < piece.length) throw unusable(file, "it is cut short");
      position += bytesRead;
    }
  };
  await fill(names);
  for (const { array, used } of columnsOf(arrays, head)) {
    await fill(new Uint8Array(array.buffer, 0, used * array.BYTES_PER_ELEMENT));
  }
  checkPlaces(arrays, names, head, file);
  const { relations, edges: edgesUsed, papers: papersUsed } = head;
  const shared = { bytes: names, used: head.nameBytes, size: head.entities };
  const facts = { relations, edgesUsed, papersUsed, names: new EntityNames(shared) };
  return { graph: head.graph, adjacency: toAdjacency(arrays, facts) };
}

async function readHeader(handle: FileHandle, file: string): Promise<Header> {
  const bytes = Buffer.alloc(HEADER_BYTES);
  await handle.read(bytes, 0, HEADER_BYTES, 0);
  const head = header.safeParse(parseJson(bytes.toString("utf8")));
  if (!head.success) throw unusable(file, "it has no header of ours");
  if (head.data.version !== VERSION)
    throw unusable(file, `its layout is ${head.data.version}, this program's ${VERSION}`);
  return head.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is refused as what has no header.
    return undefined;
  }
}

/** Refuses places outside the arrays: a search would read zeros there and say nothing. */
function checkPlaces(arrays: AdjacencyArrays, names: Uint8Array, head: Header, file: string): void {
  let lines = 0;
  for (const byte of names) if (byte === LINE_BREAK) lines++;
  let wrong = lines !== head.entities;
  for (let entity = 0; entity < head.entities; entity++) {
    const start = required(arrays.starts[entity], "a row's start");
    const end = required(arrays.ends[entity], "a row's end");
    if (start > end || end > head.edges) wrong = true;
  }
  for (let edge = 0; edge < head.edges; edge++) {
    const papers =
      required(arrays.paperStarts[edge], "an edge's papers") +
      required(arrays.paperCounts[edge], "an edge's papers");
    if (required(arrays.targets[edge], "an edge's target") >= head.entities || papers > head.papers)
      wrong = true;
  }
  if (wrong) throw unusable(file, "its parts contradict each other");
}

/** The arrays in the file's order, the widest first, with how much of each is used. */
function columnsOf(arrays: AdjacencyArrays, head: Header) {
  const { entities, edges, papers } = head;
  return [
    { array: arrays.beliefs, used: edges },
    { array: arrays.paperWeights, used: papers },
    { array: arrays.starts, used: entities },
    { array: arrays.ends, used: entities },
    { array: arrays.curieRanks, used: entities },
    { array: arrays.targets, used: edges },
    { array: arrays.paperStarts, used: edges },
    { array: arrays.paperCounts, used: edges },
    { array: arrays.firstYears, used: edges },
    { array: arrays.paperYears, used: papers },
    { array: arrays.relationTypes, used: edges },
    { array: arrays.paperSources, used: papers },
    { array: arrays.entityTypes, used: entities },
  ];
}

function unusable(file: string, why: string): BioWeftError {
  return new BioWeftError("BAD_INPUT", `no adjacency to load: ${why}; delete the file, it is built again`, {
    place: { file },
  });
}
