/**
 * Opaque ids that are unique across types, as `Node.id` and `node(id)` need them. They hold the type's name and
 * the key inside the type; clients must not take them apart. Source: Relay's global object identification.
 */
import { BioWeftError } from "../../core/errors.js";

/** The types that `node(id)` can find. */
const NODE_TYPES = ["Entity", "Relation", "Evidence", "Publication", "ExtractionJob", "Model"] as const;
type NodeType = (typeof NODE_TYPES)[number];

/** What an id says: the type, the key inside it, and the year of a thing as of that year. */
interface NodeKey {
  readonly type: NodeType;
  readonly key: string;
  readonly asOf?: number;
}

/** The id of a thing; as of a year it is a thing of its own, so that no cache takes the one for the other. */
export function toGlobalId(type: NodeType, key: string, asOf?: number | null): string {
  return Buffer.from(`${type}${asOf == null ? "" : `@${asOf}`}:${key}`).toString("base64url");
}

/** Takes an id apart; throws BAD_INPUT for what is not one of ours. */
export function parseGlobalId(id: string): NodeKey {
  const [, name, year, key] =
    /^(\w+)(?:@(\d{1,4}))?:(.+)$/s.exec(Buffer.from(id, "base64url").toString()) ?? [];
  const type = NODE_TYPES.find((known) => known === name);
  if (type !== undefined && key !== undefined)
    return { type, key, ...(year === undefined ? {} : { asOf: Number(year) }) };
  throw new BioWeftError("BAD_INPUT", `"${id}" is not an id; pass the \`id\` field of an earlier answer`);
}

/** The key behind an id of one type; throws BAD_INPUT for an id of another. */
export function keyOf(type: NodeType, id: string): string {
  return nodeKeyOf(type, id).key;
}

/** The key behind an id of one type, with its year; throws BAD_INPUT for an id of another. */
export function nodeKeyOf(type: NodeType, id: string): NodeKey {
  const parsed = parseGlobalId(id);
  if (parsed.type === type) return parsed;
  throw new BioWeftError(
    "BAD_INPUT",
    `"${id}" is the id of a ${parsed.type}; the id of a ${type} is needed here`,
  );
}
