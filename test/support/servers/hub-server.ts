/**
 * A server on the loopback that answers as the Hugging Face hub does: the listing of a repository's tree, with Git's
 * checksum of each file and the SHA-256 of the big ones, and the files, whole or from a byte on; the big ones by way of
 * a link that is another each time.
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
  /** Names of files that were sent, in order, with the byte from which. */
  readonly asked: string[];
  /** Cuts the next answer with a big file's body after so many bytes. */
  cutNextAfter(bytes: number): void;
  /** Sends other bytes than the listing promises, from now on. */
  corrupt(name: string): void;
  /** Refuses every file with this status, as for a model whose terms must be agreed to; the listing stays open. */
  gate(status: number): void;
  close(): Promise<void>;
}

/** Offers a folder's files as the repository `name`. Close it. */
export async function startHubServer(name: string, folder: string): Promise<HubServer> {
  const files = new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))]));
  const asked: string[] = [];
  const state: { cut?: number | undefined; corrupted?: string; gated?: number } = {};
  let links = 0;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://hub");
    if (pathname === `/api/models/${name}/tree/main`) return answerJson(response, listing(files));
    const [, asset, file = ""] = /^(?:\/(signed-\d+)|.*\/resolve\/main)\/([^/]+)$/.exec(pathname) ?? [];
    const content = files.get(file);
    if (content === undefined || (asset === undefined && pathname !== `/${name}/resolve/main/${file}`)) {
      response.writeHead(404, { "X-Error-Code": "RepoNotFound" }).end();
      return;
    }
    if (state.gated !== undefined) {
      response.writeHead(state.gated, { "X-Error-Code": "GatedRepo" }).end();
      return;
    }
    if (asset === undefined && LARGE.test(file)) {
      links += 1;
      response.writeHead(302, { location: `/signed-${links}/${file}` }).end();
      return;
    }
    const body = state.corrupted === file ? Buffer.alloc(content.length, 7) : content;
    asked.push(`${file} ${sendRange(request, response, body, LARGE.test(file) ? state : {})}`);
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
    gate: (status) => {
      state.gated = status;
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

/** Sends what the Range header asks for; the byte from which. */
function sendRange(
  request: IncomingMessage,
  response: ServerResponse,
  content: Buffer,
  state: { cut?: number | undefined },
): number {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const body = content.subarray(from);
  response.writeHead(from === 0 ? 200 : 206, {
    etag: `"${content.length}"`,
    "content-length": body.length,
    ...(from === 0 ? {} : { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` }),
  });
  if (state.cut === undefined) response.end(body);
  else response.write(body.subarray(0, state.cut), () => setTimeout(() => response.destroy(), 30));
  state.cut = undefined;
  return from;
}
