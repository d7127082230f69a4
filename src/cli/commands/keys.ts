/**
 * `bioweft keys`: makes, lists and revokes the keys of the API. From the first key on, changing the graph needs one; a key is
 * printed once, when it is made, and only its hash is kept.
 */
import { Command, Option } from "commander";
import { makeApiKey, ROLES, type Role } from "../../core/api/access.js";
import { BioWeftError } from "../../core/errors.js";
import { readApiKeys } from "../../graph/read/read-api-keys.js";
import { revokeApiKey, writeApiKey } from "../../graph/write/write-api-keys.js";
import { withOwnGraph } from "../own-graph.js";

/** Declares the command. */
export function command(): Command {
  return new Command("keys")
    .description("keys of the API: who holds one may do what its role may")
    .addCommand(create())
    .addCommand(list())
    .addCommand(revoke());
}

function create(): Command {
  return new Command("create")
    .description("make a key and print it, this once")
    .requiredOption("--name <name>", "whose it is, as lists and refusals name it")
    .addOption(
      new Option("--role <role>", "what its holder may do")
        .choices(ROLES.map((role) => role.toLowerCase()))
        .default("curator"),
    )
    .option("--json", "print the key and its id as JSON", false)
    .action(async ({ name, role, json }: { name: string; role: string; json: boolean }) => {
      const { text, key } = makeApiKey(name, toRole(role));
      await withOwnGraph((database) => writeApiKey(database, key));
      process.stdout.write(json ? `${JSON.stringify({ id: key.id, name, role, key: text })}\n` : `${text}\n`);
      process.stderr.write(`key ${key.id} for "${name}" (${role}); it is not shown again\n`);
    });
}

function list(): Command {
  return new Command("list")
    .description("the keys that were made, revoked ones too; never the keys themselves")
    .option("--json", "print JSON", false)
    .action(async ({ json }: { json: boolean }) => {
      const keys = (await withOwnGraph(readApiKeys)).map(({ hash: _, role, ...key }) => ({
        ...key,
        role: role.toLowerCase(),
      }));
      if (json) return void process.stdout.write(`${JSON.stringify(keys)}\n`);
      for (const { id, name, role, createdAtMillis, revokedAtMillis } of keys) {
        const state = revokedAtMillis === null ? "" : `\trevoked ${day(revokedAtMillis)}`;
        process.stdout.write(`${id}\t${role}\t${day(createdAtMillis)}\t${name}${state}\n`);
      }
    });
}

function revoke(): Command {
  return new Command("revoke")
    .description("end a key; servers refuse it within two seconds")
    .argument("<id>", "as `keys list` shows it")
    .action(async (id: string) => {
      if (await withOwnGraph((database) => revokeApiKey(database, id))) return;
      throw new BioWeftError("NOT_FOUND", `no key has the id "${id}"; \`bioweft keys list\` shows them`);
    });
}

function toRole(text: string): Role {
  const role = ROLES.find((one) => one.toLowerCase() === text);
  if (role === undefined) throw new BioWeftError("BAD_INPUT", `"${text}" is no role`);
  return role;
}

function day(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}
