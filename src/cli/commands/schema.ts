/**
 * `bioweft schema`: the GraphQL schema as SDL, emitted from the decorators; with `--check`, whether the committed
 * file still says the same.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { emitSchema } from "../../api/server/schema.js";
import { PACKAGE_ROOT } from "../../core/config.js";
import { BioWeftError, messageOf } from "../../core/errors.js";
import { writeWholeFile } from "../../core/files/whole-file.js";

interface SchemaOptions {
  readonly check: boolean;
  readonly out: string;
}

/** Declares the command. */
export function command(): Command {
  return new Command("schema")
    .description("write the GraphQL schema, or check the committed one")
    .option("--check", "fail if the file differs from the code", false)
    .option("--out <file>", "the file", join(PACKAGE_ROOT, "schema", "schema.graphql"))
    .action(run);
}

async function run({ check, out }: SchemaOptions): Promise<void> {
  const sdl = emitSchema();
  if (!check) {
    await writeWholeFile(out, sdl);
    process.stderr.write(`wrote ${out}\n`);
    return;
  }
  if (committed(out) === sdl) return;
  const reason =
    "the schema in the code differs from this file; run: npx bioweft schema, and commit the change";
  throw new BioWeftError("BAD_INPUT", reason, { place: { file: out } });
}

function committed(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new BioWeftError("NOT_FOUND", messageOf(cause), { place: { file }, cause });
  }
}
