/**
 * A peer of our readers: the Python package bioc (PubTator and BioC XML), run in the same bench where a Python has
 * it. It builds its own objects of what is in the file; it checks no offsets and resolves no identifiers.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { childEnvironment, PACKAGE_ROOT } from "../../core/config.js";

/** Files to be read as one. */
export interface PeerTask {
  readonly format: "pubtator" | "biocxml";
  readonly files: readonly string[];
}

/** How many documents the peer found, and how fast. */
export interface PeerSpeed {
  readonly documents: number;
  readonly perSecond: number;
}

const answer = z.object({ documents: z.number(), seconds: z.number() });

/** What the peer did, or why it could not. */
export async function peerSpeed(
  python: string,
  task: PeerTask,
): Promise<PeerSpeed | { readonly absent: string }> {
  const child = spawn(python, [join(PACKAGE_ROOT, "scripts", "bench", "read_with_bioc.py")], {
    env: childEnvironment({ PYTHONDONTWRITEBYTECODE: "1" }),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.once("error", (fault) => resolve(fault.message));
    child.once("close", (code) => resolve(code === 0 ? undefined : ""));
  });
  // A Python that ends at once, for want of the package, takes no input.
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify(task));
  const [fault, out, complaint] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (fault === undefined) {
    const { documents, seconds } = answer.parse(JSON.parse(out));
    return { documents, perSecond: documents / seconds };
  }
  const why = complaint.trim().split("\n").at(-1) || fault;
  return { absent: `${why}; pip install bioc, and name the Python that has it with --python` };
}
