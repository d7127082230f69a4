/**
 * A real HTTP server on the loopback that offers files as publishers do: with ETags, ranges and If-Range. It can
 * be told to break off, to refuse, to ignore ranges, or to fall silent.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How the server misbehaves; without any of it, it is a good one. */
export interface Misbehaviour {
  /** Answers this status to the next `times` requests. */
  readonly status?: number;
  /** Cuts the connection after so many bytes of a body, or says nothing at all. */
  readonly cutAfter?: number;
  readonly silent?: boolean;
  /** For how many requests; all by default. */
  readonly times?: number;
}

/** The running server. */
export interface FileServer {
  readonly url: string;
  /** The Range header of each request, in order; undefined for the whole file. */
  readonly ranges: (string | undefined)[];
  /** The byte from which each answer with a body began, in order: above 0 where a download went on. */
  readonly starts: number[];
  /** Offers a file, or another version of it. */
  offer(path: string, content: Buffer): void;
  misbehave(how: Misbehaviour): void;
  /** Whether ranges are honoured; they are at first. */
  honourRanges(honour: boolean): void;
  recover(): void;
  close(): Promise<void>;
}

/** Starts a server on a free port. Close it. */
export async function startFileServer(): Promise<FileServer> {
  const files = new Map<string, Buffer>();
  const ranges: (string | undefined)[] = [];
  const starts: number[] = [];
  let bad: Misbehaviour = {};
  let left = 0;
  let honoured = true;
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    const how = left > 0 ? bad : {};
    left -= 1;
    answer({ request, response, starts }, files, how, honoured);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    ranges,
    starts,
    offer: (path, content) => files.set(path, content),
    misbehave(how) {
      bad = how;
      left = how.times ?? Number.POSITIVE_INFINITY;
    },
    honourRanges(honour) {
      honoured = honour;
    },
    recover() {
      left = 0;
      honoured = true;
      ranges.length = 0;
      starts.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  { request, response, starts }: { request: IncomingMessage; response: ServerResponse; starts: number[] },
  files: ReadonlyMap<string, Buffer>,
  { status, cutAfter, silent }: Misbehaviour,
  honoured: boolean,
): void {
  if (silent === true) return;
  const content = files.get(request.url ?? "");
  if (status !== undefined || content === undefined) {
    response.writeHead(status ?? 404).end();
    return;
  }
  const etag = `"${createHash("md5").update(content).digest("hex")}"`;
  const isSame = [undefined, etag].includes(request.headers["if-range"] as string | undefined);
  const from = honoured && isSame ? rangeStart(request) : 0;
  const body = content.subarray(from);
  starts.push(from);
  response.writeHead(from > 0 ? 206 : 200, {
    etag,
    "content-length": body.length,
    ...(from > 0 ? { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
  });
  if (cutAfter === undefined) response.end(body);
  else response.write(body.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 30));
}

function rangeStart(request: IncomingMessage): number {
  return Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
}
