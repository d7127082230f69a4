/**
 * Opaque ids that are unique across types, as `Node.id` and `node(id)` need them. They hold the type's name and
 * the key inside the type; clients must not take them apart. Source: Relay's global object identification.
 */
import { BioWeftError } from "../../core/errors.js";

/** The types that `node(id)` can find. */
const NODE_TYPES = ["Entity", "Relation", "Evidence", "Publication", "ExtractionJob", "Model"] as const;
type NodeType = (typeof NODE_TYPES)[number];

/** The id of a thing. */
export function toGlobalId(type: NodeType, key: string): string {
  return Buffer.from(`${type}:${key}`).toString("base64url");
}

/** Takes an id apart; throws BAD_INPUT for what is not one of ours. */
export function parseGlobalId(id: string): { type: NodeType; key: string } {
  const [, name, key] = /^(\w+):(.+)$/s.exec(Buffer.from(id, "base64url").toString()) ?? [];
  const type = NODE_TYPES.find((known) => known === name);
  if (type !== undefined && key !== undefined) return { type, key };
  throw new BioWeftError("BAD_INPUT", `"${id}" is not an id; pass the \`id\` field of an earlier answer`);
}

/** The key behind an id of one type; throws BAD_INPUT for an id of another. */
export function keyOf(type: NodeType, id: string): string {
  const parsed = parseGlobalId(id);
  if (parsed.type === type) return parsed.key;
  throw new BioWeftError(
    "BAD_INPUT",
    `"${id}" is the id of a ${parsed.type}; the id of a ${type} is needed here`,
  );
}
