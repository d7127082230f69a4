/** A small graph takes little memory, a large one what the machine has to spare. */
import { expect, it } from "vitest";
import { memoryFor } from "../../../src/graph/embedded/embedded-memory.js";

it.each([
  { what: "an empty graph", store: 0, machine: 24_000, heap: 512, pageCache: 128 },
  { what: "a large one", store: 4_000, machine: 24_000, heap: 1_512, pageCache: 4_000 },
  { what: "one larger than the machine", store: 200_000, machine: 24_000, heap: 3_000, pageCache: 6_000 },
  { what: "a large one on a small machine", store: 4_000, machine: 2_000, heap: 512, pageCache: 500 },
])("$what: $heap MiB of heap, $pageCache of page cache", ({ store, machine, heap, pageCache }) => {
  expect(memoryFor(store, machine)).toEqual({ heapMebibytes: heap, pageCacheMebibytes: pageCache });
});
