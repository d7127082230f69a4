/**
 * What doctor finds of the machine itself: processor, memory, graphics card, Node, Java, Maven.
 */
import { spawnSync } from "node:child_process";
import { availableParallelism, totalmem } from "node:os";
import { stripVTControlCharacters } from "node:util";

/** One thing that was looked for. `optional` things do not make a machine unfit. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly optional?: boolean;
  /** What is there, or "missing". */
  readonly found: string;
  /** What to do, where it is missing. */
  readonly cure?: string;
}

/** Node, the machine, and a graphics card that answers nvidia-smi. */
export function programFindings(): Finding[] {
  const node = Number(process.versions.node.split(".")[0]);
  const card = firstLine("nvidia-smi", ["--query-gpu=name,memory.total", "--format=csv,noheader"]);
  return [
    {
      name: "Node",
      ok: node >= 20,
      found: process.versions.node,
      ...(node >= 20 ? {} : { cure: "install Node 20 or newer" }),
    },
    {
      name: "machine",
      ok: true,
      found: `${process.platform} ${process.arch}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    },
    { name: "NVIDIA card", ok: card !== undefined, optional: true, found: card ?? "none" },
  ];
}

/** Java and Maven, which the embedded database needs; Maven only until its jars are fetched. */
export function javaFindings(hasJars: boolean): Finding[] {
  const java = firstLine("java", ["-version"]);
  const version = Number(/version "(?:1\.)?(\d+)/.exec(java ?? "")?.[1] ?? 0);
  const maven = firstLine("mvn", ["-q", "-v"]);
  const server = "or set NEO4J_URI to a server that you have";
  return [
    {
      name: "Java",
      ok: version >= 17,
      found: java ?? "missing",
      ...(version >= 17 ? {} : { cure: `install Java 17 or 21, ${server}` }),
    },
    {
      name: "Maven",
      ok: maven !== undefined,
      optional: hasJars,
      found: maven ?? "missing",
      ...(maven !== undefined ? {} : { cure: `install Maven, ${server}` }),
    },
  ];
}

/** The first line that a program prints, or undefined where it is missing or fails. */
function firstLine(program: string, args: readonly string[]): string | undefined {
  const done = spawnSync(program, args, { encoding: "utf8", timeout: 15_000 });
  if (done.error !== undefined || done.status !== 0) return undefined;
  // Maven colours its version.
  return stripVTControlCharacters(`${done.stdout}${done.stderr}`).trim().split("\n")[0];
}
