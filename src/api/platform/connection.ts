/**
 * Relay connections with keyset cursors: a cursor holds the sort key of its row, so a page costs the same
 * however deep it lies, and rows that come or go do not shift it. Source: the Relay cursor connections spec.
 */
import "reflect-metadata";
import { Min } from "class-validator";
import { ArgsType, type ClassType, Field, Int, ObjectType } from "type-graphql";
import { BioWeftError } from "../../core/errors.js";

/** The largest page; a greater `first` is cut to it, and `hasNextPage` says that there is more. */
export const MAX_PAGE = 100;

/** One value of a sort key; rows are compared value by value. */
type CursorPart = string | number;

/** What every list takes. */
@ArgsType()
export class PageArguments {
  @Min(1)
  @Field(() => Int, { defaultValue: 25, description: "How many to give, at most 100; 25 unless told." })
  readonly first: number = 25;

  @Field(() => String, { nullable: true, description: "Give what follows this cursor." })
  readonly after?: string | null;
}

/** A page as the graph is asked for it: one row more than is shown, to learn whether there is a next page. */
interface PageRequest {
  readonly limit: number;
  readonly after: readonly CursorPart[] | null;
}

/** Checks the arguments; throws BAD_INPUT for a cursor that is not one of `parts` values. */
export function pageRequest(page: PageArguments, parts: number): PageRequest {
  const limit = Math.min(page.first, MAX_PAGE) + 1;
  return { limit, after: page.after == null ? null : parseCursor(page.after, parts) };
}

function parseCursor(cursor: string, parts: number): CursorPart[] {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    value = undefined;
  }
  const isPart = (part: unknown): part is CursorPart => typeof part === "string" || typeof part === "number";
  if (Array.isArray(value) && value.length === parts && value.every(isPart)) return value;
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

  constructor(hasNextPage: boolean, hasPreviousPage: boolean, cursors: readonly string[]) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
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

/** Declares the edge and connection types of a node type; call it once for each. */
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
  return ConnectionType;
}

/**
 * Makes a page from the rows of a PageRequest: `cursor` gives a row's sort key, `count` the length of the whole
 * list, called only when a client asks.
 */
export function toConnection<Row, T>(
  rows: readonly Row[],
  request: PageRequest,
  shape: { node: (row: Row) => T; cursor: (row: Row) => readonly CursorPart[]; count: () => Promise<number> },
): Connection<T> {
  const shown = rows.slice(0, request.limit - 1);
  const edges = shown.map((row) => ({ node: shape.node(row), cursor: toCursor(shape.cursor(row)) }));
  const cursors = edges.map((edge) => edge.cursor);
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: new PageInfo(rows.length >= request.limit, request.after !== null, cursors),
    totalCount: shape.count,
  };
}
