/**
 * Peers of our readers, run in the same bench where a Python has them: the packages bioc (PubTator and BioC XML) and
 * pubmed_parser (PubMed XML). They build objects of their own of what is in the file; they check no offsets and resolve no
 * identifiers.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { childEnvironment, PACKAGE_ROOT } from "../../core/config.js";

/** Files to be read as one. */
export interface PeerTask {
  readonly format: "pubtator" | "biocxml" | "pubmed";
  readonly files: readonly string[];
}

/** How many documents the peer found, and how fast. */
export interface PeerSpeed {
  readonly documents: number;
  readonly perSecond: number;
}

const PACKAGES = { pubtator: "bioc", biocxml: "bioc", pubmed: "pubmed_parser" } as const;

const answer = z.object({ documents: z.number(), seconds: z.number() });

/** What the peer did, or why it could not. */
export async function peerSpeed(
  python: string,
  task: PeerTask,
): Promise<PeerSpeed | { readonly absent: string }> {
  const name = PACKAGES[task.format];
  const child = spawn(python, [join(PACKAGE_ROOT, "scripts", "bench", `read_with_${name}.py`)], {
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
  return { absent: `${why}; pip install ${name}, and name the Python that has it with --python` };
}
