/**
 * Open discovery by linking-term count through Python's scipy and networkx, where a Python has them, on the same graph and
 * from the same starts. They name no linking terms and know no years; that they find the same is checked.
 */
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { childEnvironment, PACKAGE_ROOT } from "../../../core/config.js";
import { BioWeftError } from "../../../core/errors.js";
import { ENTITY_TYPES, type EntityType } from "../../../core/relation-types.js";
import { required } from "../../../core/required.js";
import type { Adjacency } from "../../../discovery/adjacency/adjacency.js";
import { GraphView } from "../../../discovery/adjacency/graph-view.js";

/** Links beyond which networkx takes minutes and gigabytes to hold them. */
const NETWORKX_LINKS = 400_000;

/** What is asked of the peers. */
interface PeerTask {
  readonly python: string;
  /** Where their files may lie. */
  readonly folder: string;
  readonly targetType: EntityType;
  /** CURIEs of the starts. */
  readonly starts: readonly string[];
  readonly first: number;
}

const measured = z.object({
  made: z.number(),
  millis: z.array(z.number()),
  found: z.array(z.array(z.number())),
});
const answer = z.object({ scipy: measured, networkx: measured.nullable() });
type PeerAnswer = z.infer<typeof answer>;

/** What they took, or why they could not be asked. */
export async function peerDiscovery(
  adjacency: Adjacency,
  { python, folder, targetType, starts, first }: PeerTask,
): Promise<PeerAnswer | { readonly absent: string }> {
  const links = linkPairs(adjacency);
  const code = ENTITY_TYPES.indexOf(targetType);
  const task = {
    links: join(folder, "links"),
    targets: join(folder, "targets"),
    starts: starts.map((curie) => required(adjacency.indexOf(curie), curie)),
    first,
    networkx: links.length / 2 <= NETWORKX_LINKS,
  };
  await writeFile(task.links, new Uint8Array(links.buffer, 0, links.byteLength));
  await writeFile(
    task.targets,
    Uint8Array.from(adjacency.entityTypes, (type) => (type === code ? 1 : 0)),
  );
  const child = spawn(python, [join(PACKAGE_ROOT, "scripts", "bench", "open_discovery.py")], {
    env: childEnvironment({ PYTHONDONTWRITEBYTECODE: "1" }),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.once("error", (fault) => resolve(fault.message));
    child.once("close", (exit) => resolve(exit === 0 ? undefined : ""));
  });
  // A Python that ends at once, for want of the packages, takes no input.
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify(task));
  const [fault, out, complaint] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (fault === undefined) return answer.parse(JSON.parse(out));
  const why = complaint.trim().split("\n").at(-1) || fault;
  return { absent: `${why}; pip install scipy networkx, and name the Python that has them with --python` };
}

/** Throws INTERNAL where a peer found other counts than we. */
export function checkSame(name: string, found: readonly (readonly number[])[], own: typeof found): void {
  const at = own.findIndex((counts, question) => counts.join() !== found[question]?.join());
  if (at < 0) return;
  const reason = `${name} found ${found[at]?.join(" ")} for question ${at + 1}, and we ${own[at]?.join(" ")}`;
  throw new BioWeftError("INTERNAL", reason);
}

/** Every link once, as pairs. */
function linkPairs(adjacency: Adjacency): Uint32Array {
  const view = new GraphView(adjacency);
  const links = new Uint32Array(view.degrees.reduce((sum, degree) => sum + degree, 0));
  const room = view.room();
  let used = 0;
  for (let one = 0; one < view.size; one++) {
    const count = view.neighbours(one, room);
    for (let i = 0; i < count; i++) {
      const other = required(room.targets[i], "a link's target");
      if (other < one) continue;
      links[used++] = one;
      links[used++] = other;
    }
  }
  return links;
}
