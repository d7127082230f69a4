/**
 * Relay connections with keyset cursors: a cursor holds the sort key of its row, so a page costs the same
 * however deep it lies, and rows that come or go do not shift it. It says which list it is of, and how the graph stood when
 * that was begun. Source: the Relay cursor connections spec.
 */
import "reflect-metadata";
import { createHash } from "node:crypto";
import { ArgsType, type ClassType, Field, Int, ObjectType } from "type-graphql";
import { BioWeftError } from "../../core/errors.js";

/** The largest page; a greater `first` is cut to it, and `hasNextPage` says that there is more. */
export const MAX_PAGE = 100;

/** One value of a sort key; rows are compared value by value. */
type CursorPart = string | number;

/** The page when nobody says how large. */
const USUAL_PAGE = 25;

/** What every list takes. */
@ArgsType()
export class PageArguments {
  @Field(() => Int, {
    nullable: true,
    defaultValue: USUAL_PAGE,
    description: "How many to give, at most 100; 25 unless told, and for null.",
  })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: "Give what follows this cursor." })
  readonly after?: string | null;
}

/** Which list a cursor is of. */
interface CursorList {
  /** The field's name, as clients know it. */
  readonly name: string;
  /** What makes it another list: whose it is, its filter, its order. */
  readonly of?: unknown;
  /** Of a list whose order changes with the graph: the graph's version now. */
  readonly version?: string;
}

/** A page as the graph is asked for it: one row more than is shown, to learn whether there is a next page. */
interface PageRequest {
  readonly limit: number;
  readonly after: readonly CursorPart[] | null;
  /** What a cursor of this list begins with. */
  readonly tag: string;
  /** How the graph stood when the list was begun; empty for a list of a fixed order. */
  readonly begun: string;
  readonly moved: boolean;
}

/** The size of a page; null is the usual one, and more than the largest is cut to it. Throws BAD_INPUT below 1. */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? USUAL_PAGE;
  if (size >= 1) return Math.min(size, MAX_PAGE);
  throw new BioWeftError("BAD_INPUT", `first is ${size}; ask for 1 to ${MAX_PAGE}`);
}

/** Checks the arguments; throws BAD_INPUT for a cursor of another list, or of not `parts` values. */
export function pageRequest(
  page: PageArguments,
  parts: number,
  list: CursorList = { name: "list" },
): PageRequest {
  const limit = pageSize(page.first) + 1;
  const tag = tagOf(list);
  const version = list.version ?? "";
  if (page.after == null) return { limit, after: null, tag, begun: version, moved: false };
  const { begun, after } = parseCursor(page.after, parts, list);
  return { limit, after, tag, begun, moved: begun !== version };
}

function tagOf({ name, of }: CursorList): string {
  const digest = createHash("sha256")
    .update(JSON.stringify(of ?? null))
    .digest("base64url");
  return `${name} ${digest.slice(0, 8)}`;
}

function parseCursor(cursor: string, parts: number, list: CursorList) {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    value = undefined;
  }
  const isPart = (part: unknown): part is CursorPart => typeof part === "string" || typeof part === "number";
  if (Array.isArray(value) && value.every(isPart)) {
    const [tag, begun, ...after] = value;
    if (tag === tagOf(list) && after.length === parts) return { begun: String(begun), after };
    if (typeof tag === "string" && tag.includes(" ")) {
      const reason = `"${cursor}" is a cursor of ${tag.split(" ")[0]} with other arguments, or of another list than this ${list.name}; begin again without \`after\``;
      throw new BioWeftError("BAD_INPUT", reason);
    }
  }
  throw new BioWeftError(
    "BAD_INPUT",
    `"${cursor}" is not a cursor of this list; pass a \`cursor\` or \`endCursor\``,
  );
}

function toCursor(parts: readonly CursorPart[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

@ObjectType({ simpleResolvers: true, description: "Where a page stands in its list." })
class PageInfo {
  @Field(() => Boolean, { description: "Whether anything follows this page." })
  readonly hasNextPage: boolean;

  @Field(() => Boolean, { description: "Whether the page was asked for with `after`." })
  readonly hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first row; null on an empty page." })
  readonly startCursor: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last row; pass it as `after`." })
  readonly endCursor: string | null;

  @Field(() => Boolean, {
    description:
      "Whether the graph has changed since the list was begun, so that rows may have changed places; false for lists of a fixed order.",
  })
  readonly moved: boolean;

  constructor(hasNextPage: boolean, request: PageRequest, cursors: readonly string[]) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = request.after !== null;
    this.moved = request.moved;
    this.startCursor = cursors[0] ?? null;
    this.endCursor = cursors.at(-1) ?? null;
  }
}

/** A row of a list with its cursor. */
interface Edge<T> {
  readonly node: T;
  readonly cursor: string;
}

/** A page of a list. */
export interface Connection<T> {
  readonly edges: readonly Edge<T>[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  readonly totalCount: () => Promise<number>;
}

/**
 * Declares the edge and connection types of a node type; call it once for each. What an edge says beside its row is
 * resolved elsewhere, for the edge's class.
 */
export function connectionTypes<T extends object>(name: string, plural: string, node: () => ClassType<T>) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `A row in a list of ${plural}.` })
  class EdgeType implements Edge<T> {
    @Field(node, { description: "The row itself." })
    readonly node: T;

    @Field(() => String, { description: "Where the row stands; pass it as `after` to continue behind it." })
    readonly cursor: string;

    constructor(edge: Edge<T>) {
      this.node = edge.node;
      this.cursor = edge.cursor;
    }
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of ${plural}.` })
  class ConnectionType implements Connection<T> {
    @Field(() => [EdgeType], { description: "The rows with their cursors." })
    readonly edges: readonly Edge<T>[];

    @Field(() => [node()], { description: "The rows alone." })
    readonly nodes: readonly T[];

    @Field(() => PageInfo, { description: "Where the page stands." })
    readonly pageInfo: PageInfo;

    @Field(() => Int, { description: "How many rows the whole list has; counted only when asked for." })
    readonly totalCount: () => Promise<number>;

    constructor(connection: Connection<T>) {
      this.edges = connection.edges;
      this.nodes = connection.nodes;
      this.pageInfo = connection.pageInfo;
      this.totalCount = connection.totalCount;
    }
  }
  return Object.assign(ConnectionType, { Edge: EdgeType });
}

/**
 * Makes a page from the rows of a PageRequest: `cursor` gives a row's sort key, `count` the length of the whole
 * list, called only when a client asks.
 */
export function toConnection<Row, T>(
  rows: readonly Row[],
  request: PageRequest,
  shape: {
    node: (row: Row) => T;
    cursor: (row: Row) => readonly CursorPart[];
    count: () => Promise<number>;
    /** What the resolver of an edge's own fields needs to know. */
    edge?: object;
  },
): Connection<T> {
  const shown = rows.slice(0, request.limit - 1);
  const edges = shown.map((row) => ({
    ...shape.edge,
    node: shape.node(row),
    cursor: toCursor([request.tag, request.begun, ...shape.cursor(row)]),
  }));
  const cursors = edges.map((edge) => edge.cursor);
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: new PageInfo(rows.length >= request.limit, request, cursors),
    totalCount: shape.count,
  };
}
