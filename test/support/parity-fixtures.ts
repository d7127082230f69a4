/**
 * The checkpoints that scripts/parity/make-fixtures.py wrote, and what Python's transformers answered with them.
 */
import { readFileSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of the fixtures. */
export const PARITY = fileURLToPath(new URL("../fixtures/parity", import.meta.url));

/** The encoder families that there are checkpoints of. */
export const FAMILIES = ["bert", "electra", "mpnet"] as const;

/** What PyTorch computed with a family's checkpoint. */
export interface ParityAnswers {
  readonly labels: readonly string[];
  readonly cases: readonly { readonly text: string; readonly ids: number[]; readonly logits: number[] }[];
  /** Class of each case, the loss over them, and its gradients by PyTorch's names. */
  readonly targets: readonly number[];
  readonly loss: number;
  readonly gradients: Readonly<
    Record<string, { shape: number[]; norm: number; sum: number; values?: number[] }>
  >;
}

/** Reads a family's answers. */
export function parityAnswers(family: string): ParityAnswers {
  return JSON.parse(readFileSync(join(PARITY, family, "expected.json"), "utf8"));
}

/** A temporary copy of a family's checkpoint without the named files; remove it when done. */
export async function checkpointWithout(family: string, ...files: readonly string[]): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "bioweft-checkpoint-"));
  await cp(join(PARITY, family), dir, { recursive: true });
  for (const file of files) await rm(join(dir, file));
  return dir;
}
