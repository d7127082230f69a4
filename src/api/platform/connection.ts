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
    .update(JSON.stringify(of ?? null, (_, value) => (value instanceof Set ? [...value] : value)))
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

/** The rows of a page. */
export interface Rows<T> {
  readonly edges: readonly Edge<T>[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
}

/** A page of a list. */
export interface Connection<T> extends Rows<T> {
  readonly totalCount: () => Promise<number>;
}

/**
 * Declares the edge of a node type and the fields of its pages, for a type that says more than a connection or cannot
 * count its rows; call it once for each. What an edge says beside its row is resolved elsewhere, for the edge's class.
 */
export function rowsType<T extends object>(name: string, plural: string, node: () => ClassType<T>) {
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

  @ObjectType({ simpleResolvers: true })
  class RowsType implements Rows<T> {
    @Field(() => [EdgeType], { description: "The rows with their cursors." })
    readonly edges: readonly Edge<T>[];

    @Field(() => [node()], { description: "The rows alone." })
    readonly nodes: readonly T[];

    @Field(() => PageInfo, { description: "Where the page stands." })
    readonly pageInfo: PageInfo;

    constructor(page: Rows<T>) {
      this.edges = page.edges;
      this.nodes = page.nodes;
      this.pageInfo = page.pageInfo;
    }
  }
  return Object.assign(RowsType, { Edge: EdgeType });
}

/** Declares the edge and connection types of a node type; call it once for each. */
export function connectionTypes<T extends object>(name: string, plural: string, node: () => ClassType<T>) {
  const RowsType = rowsType(name, plural, node);
  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of ${plural}.` })
  class ConnectionType extends RowsType implements Connection<T> {
    @Field(() => Int, { description: "How many rows the whole list has; counted only when asked for." })
    readonly totalCount: () => Promise<number>;

    constructor(connection: Connection<T>) {
      super(connection);
      this.totalCount = connection.totalCount;
    }
  }
  return Object.assign(ConnectionType, { Edge: RowsType.Edge });
}

/** Where a page of a list begins whose rows know nothing but their place, from 0; `most` is the furthest. */
export function placeAfter({ after }: PageRequest, most = Number.MAX_SAFE_INTEGER): number {
  if (after === null) return 0;
  const [place] = after;
  if (typeof place === "number" && Number.isInteger(place) && place > 0 && place <= most) return place;
  throw new BioWeftError(
    "BAD_INPUT",
    `the cursor is of row ${place}; the list is given up to row ${most}, so ask for fewer by a filter`,
  );
}

/** How the rows of a list become those of a page. */
interface RowShape<Row, T> {
  readonly node: (row: Row) => T;
  /** A row's sort key; `index` is its place on the page, from 0. */
  readonly cursor: (row: Row, index: number) => readonly CursorPart[];
  /** What the resolver of an edge's own fields needs to know. */
  readonly edge?: object;
}

/** Makes a page from the rows of a PageRequest; `count` gives the length of the whole list, when a client asks. */
export function toConnection<Row, T>(
  rows: readonly Row[],
  request: PageRequest,
  shape: RowShape<Row, T> & { readonly count: () => Promise<number> },
): Connection<T> {
  return { ...toRows(rows, request, shape), totalCount: shape.count };
}

/** A page cut from a list that is here whole; its cursors are places. */
export function toConnectionOfAll<T>(
  rows: readonly T[],
  page: PageArguments,
  list: CursorList,
): Connection<T> {
  const request = pageRequest(page, 1, list);
  const skip = placeAfter(request);
  return toConnection(rows.slice(skip, skip + request.limit), request, {
    node: (row) => row,
    cursor: (_, index) => [skip + index + 1],
    count: async () => rows.length,
  });
}

/** A page as `toConnection` makes it, of a list that cannot be counted. */
export function toRows<Row, T>(rows: readonly Row[], request: PageRequest, shape: RowShape<Row, T>): Rows<T> {
  const shown = rows.slice(0, request.limit - 1);
  const edges = shown.map((row, index) => ({
    ...shape.edge,
    node: shape.node(row),
    cursor: toCursor([request.tag, request.begun, ...shape.cursor(row, index)]),
  }));
  const cursors = edges.map((edge) => edge.cursor);
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: new PageInfo(rows.length >= request.limit, request, cursors),
  };
}
