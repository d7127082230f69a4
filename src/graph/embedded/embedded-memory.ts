/**
 * How much memory the embedded database gets: little for a small graph, and more the larger the store is that it opens, as
 * far as the machine has it.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import type { EmbeddedLayout, EmbeddedMemory } from "./embedded-config.js";

const LEAST: EmbeddedMemory = { heapMebibytes: 512, pageCacheMebibytes: 128 };
/** Of the machine's memory, at most. */
const MOST_HEAP = 1 / 8;
const MOST_PAGE_CACHE = 1 / 4;
/** Of the store's size, beside what a small one needs: batches that touch large relations and entities hold more. */
const HEAP_OF_STORE = 1 / 4;
const MEBIBYTE = 2 ** 20;

/** What the database of this layout gets when it starts. */
export function memoryOf(layout: EmbeddedLayout): EmbeddedMemory {
  const store = folderBytes(join(layout.folder, "data", "databases", "neo4j")) / MEBIBYTE;
  return memoryFor(store, Math.min(totalmem(), process.constrainedMemory() || totalmem()) / MEBIBYTE);
}

/** The same of a store and a machine of so many MiB. */
export function memoryFor(store: number, machine: number): EmbeddedMemory {
  const within = (wanted: number, least: number, most: number) =>
    Math.round(Math.max(least, Math.min(wanted, most)));
  return {
    heapMebibytes: within(
      LEAST.heapMebibytes + store * HEAP_OF_STORE,
      LEAST.heapMebibytes,
      machine * MOST_HEAP,
    ),
    pageCacheMebibytes: within(store, LEAST.pageCacheMebibytes, machine * MOST_PAGE_CACHE),
  };
}

function folderBytes(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? folderBytes(path) : statSync(path).size);
  }, 0);
}
