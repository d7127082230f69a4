/**
 * A server on the loopback that answers as the Hugging Face hub does: the listing of a repository's tree, with Git's
 * checksum of each file and the SHA-256 of the big ones, and the files, whole or from a byte on.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** Weights go through Git's large file storage. */
const LARGE = /\.(safetensors|bin|h5)$/;

/** The running server. */
export interface HubServer {
  readonly url: string;
  /** Paths of files that were asked for, in order, with the byte from which; probes of one byte left out. */
  readonly asked: string[];
  /** Cuts the next answer with a file's body after so many bytes. */
  cutNextAfter(bytes: number): void;
  /** Sends other bytes than the listing promises, from now on. */
  corrupt(name: string): void;
  close(): Promise<void>;
}

/** Offers a folder's files as the repository `name`. Close it. */
export async function startHubServer(name: string, folder: string): Promise<HubServer> {
  const files = new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))]));
  const asked: string[] = [];
  const state: { cut?: number | undefined; corrupted?: string } = {};
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://hub");
    if (url.pathname === `/api/models/${name}/tree/main`) return answerJson(response, listing(files));
    const file = url.pathname.startsWith(`/${name}/resolve/main/`)
      ? (url.pathname.split("/").at(-1) ?? "")
      : "";
    const content = files.get(file);
    if (content === undefined) {
      response.writeHead(404, { "X-Error-Code": "RepoNotFound" }).end();
      return;
    }
    const body = state.corrupted === file ? Buffer.alloc(content.length, 7) : content;
    const from = sendRange(request, response, body, state);
    if (from !== undefined) asked.push(`${file} ${from}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    cutNextAfter: (bytes) => {
      state.cut = bytes;
    },
    corrupt: (file) => {
      state.corrupted = file;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function listing(files: ReadonlyMap<string, Buffer>) {
  return [...files].map(([path, content]) => ({
    type: "file",
    path,
    size: content.length,
    oid: createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex"),
    ...(LARGE.test(path)
      ? {
          lfs: {
            oid: createHash("sha256").update(content).digest("hex"),
            size: content.length,
            pointerSize: 130,
          },
        }
      : {}),
  }));
}

/** Sends what the Range header asks for; the byte from which, undefined for a probe of one byte. */
function sendRange(
  request: IncomingMessage,
  response: ServerResponse,
  content: Buffer,
  state: { cut?: number | undefined },
): number | undefined {
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
  const from = Number(range?.[1] ?? 0);
  const to = Math.min(Number(range?.[2] ?? content.length - 1), content.length - 1);
  response.writeHead(range === null ? 200 : 206, {
    etag: `"${content.length}"`,
    "content-length": to + 1 - from,
    ...(range === null ? {} : { "content-range": `bytes ${from}-${to}/${content.length}` }),
  });
  const body = content.subarray(from, to + 1);
  if (range !== null && to === 0) {
    response.end(body);
    return undefined;
  }
  if (state.cut === undefined) response.end(body);
  else response.write(body.subarray(0, state.cut), () => setTimeout(() => response.destroy(), 30));
  state.cut = undefined;
  return from;
}
