/**
 * Serves the explorer, the page of `web/`, beside the API. Its addresses are the page's own, so any that names no file
 * gets the page. Where it was not built, `/` stays with what the caller answers there.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import staticPlugin from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { PACKAGE_ROOT } from "../../core/config.js";

/** Where setup builds it. */
const BUILT = join(PACKAGE_ROOT, "web", "dist");
/** The views of web/src/app.tsx. */
const VIEWS = [
  "search",
  "entity",
  "relation",
  "publication",
  "discover",
  "paths",
  "extract",
  "curate",
  "graph",
  "help",
];
const YEAR_SECONDS = 31_536_000;

/**
 * Nothing from elsewhere, no inline script or style; sigma's and the page's own styles are set by script. Pictures are
 * made in the page (blob, data).
 */
const PAGE_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
};

/** Serves the built page from a folder; gives false, and serves nothing, where there is none. */
export async function serveExplorer(app: FastifyInstance, built = BUILT): Promise<boolean> {
  const index = join(built, "index.html");
  if (!existsSync(index)) return false;
  await app.register(staticPlugin, {
    root: built,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // Names of assets change with what they hold; the others' do not.
      const isHashed = path.includes("assets");
      reply.setHeader(
        "cache-control",
        isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : "public, max-age=3600",
      );
      reply.setHeader("x-content-type-options", "nosniff");
    },
  });
  const page = readFileSync(index, "utf8");
  const routes = ["/", ...VIEWS.flatMap((view) => [`/${view}`, `/${view}/*`])];
  for (const url of routes) {
    app.get(url, (_request, reply) =>
      reply
        .headers({ ...PAGE_HEADERS, "cache-control": "no-cache" })
        .type("text/html; charset=utf-8")
        .send(page),
    );
  }
  return true;
}
