/**
 * Permuted graphs on disk: a header line in JSON, the places of the rows, which all of them share, and the targets of each. They
 * are written as they are made and read one at a time, so that no more than one is in memory.
 */
import { type FileHandle, open } from "node:fs/promises";
import { z } from "zod";
import { BioWeftError, messageOf } from "../../core/errors.js";
import { writeWholeFile } from "../../core/files/whole-file.js";
import { seededRandom } from "../../core/random.js";
import type { Adjacency } from "../adjacency/adjacency.js";
import { linkAdjacency, PermutedLinks } from "./permuted-links.js";

const HEADER_BYTES = 1_024;
const FORMAT = "bioweft permutations 1";
const header = z.object({
  format: z.literal(FORMAT),
  graph: z.string(),
  permutations: z.number(),
  entities: z.number(),
  edges: z.number(),
});
type Header = z.infer<typeof header>;

/** A graph as of a version. */
interface VersionedGraph {
  /** The graph and its version. */
  readonly graph: string;
  readonly adjacency: Adjacency;
}

/** What is to be made. */
interface PermutationOrder extends VersionedGraph {
  readonly permutations: number;
  readonly seed: number;
}

/** Makes permuted graphs and writes them. */
export async function writePermutations(file: string, order: PermutationOrder): Promise<void> {
  const { graph, adjacency, permutations } = order;
  const chain = new PermutedLinks(adjacency, seededRandom(order.seed));
  await writeWholeFile(file, function* () {
    const first = chain.next();
    const { starts, ends, targets } = first;
    const head: Header = {
      ...{ format: FORMAT, graph, permutations },
      ...{ entities: adjacency.size, edges: targets.length },
    };
    const line = Buffer.alloc(HEADER_BYTES, " ");
    line.write(`${JSON.stringify(head)}\n`);
    yield line;
    for (const array of [starts, ends, targets]) yield bytesOf(array);
    for (let made = 1; made < permutations; made++) yield bytesOf(chain.next().targets);
  });
}

/** How many permuted graphs of a version are in a file; 0 where it is missing, unusable or of another version. */
export async function countPermutations(file: string, graph: string): Promise<number> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return 0;
  try {
    const head = await readHeader(handle);
    return head?.graph === graph ? head.permutations : 0;
  } finally {
    await handle.close();
  }
}

/** Reads them one after the other. Throws BAD_INPUT for a file of another graph, or one that is cut short. */
export async function* readPermutations(
  file: string,
  { graph, adjacency }: VersionedGraph,
): AsyncGenerator<Adjacency> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new BioWeftError("NOT_FOUND", `cannot be opened (${messageOf(cause)})`, { place: { file }, cause });
  });
  try {
    const head = await readHeader(handle);
    if (head?.graph !== graph || head.entities !== adjacency.size)
      throw unusable(file, "it is another graph's");
    let position = HEADER_BYTES;
    const next = async (length: number) => {
      const array = new Uint32Array(length);
      const { bytesRead } = await handle.read(bytesOf(array), 0, array.byteLength, position);
      if (bytesRead < array.byteLength) throw unusable(file, "it is cut short");
      position += bytesRead;
      return array;
    };
    const [starts, ends] = [await next(head.entities), await next(head.entities)];
    const { entityTypes, names } = adjacency;
    for (let read = 0; read < head.permutations; read++) {
      yield linkAdjacency({ entityTypes, starts, ends, targets: await next(head.edges) }, names);
    }
  } finally {
    await handle.close();
  }
}

async function readHeader(handle: FileHandle): Promise<Header | undefined> {
  const bytes = Buffer.alloc(HEADER_BYTES);
  await handle.read(bytes, 0, HEADER_BYTES, 0);
  try {
    return header.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    // What has no header of ours is made again.
    return undefined;
  }
}

function bytesOf(array: Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function unusable(file: string, why: string): BioWeftError {
  return new BioWeftError(
    "BAD_INPUT",
    `no permuted graphs to read: ${why}; delete the file, they are made again`,
    {
      place: { file },
    },
  );
}
