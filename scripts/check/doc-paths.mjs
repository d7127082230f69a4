/**
 * Every file that the documentation names is there, `npm run check:docs`: links, paths in backticks from the top of
 * the checkout or from the document, and files named alone, which must be somewhere. The changelog and the log of
 * experiments tell of what was, and are passed over.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";

/** Ends of names that are files of ours where they stand alone. */
const OURS = /^[\w-]+(\.[\w-]+)*\.(ts|mjs|cypher)$/;
const TOPS = /^\.?(src|ingest|test|scripts|docs|cypher|schema|models|samples)\//;
const HISTORY = new Set(["CHANGELOG.md", "docs/experiments.md"]);

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
  maxBuffer: 1 << 26,
}).split("\n");
const names = new Set(tracked.map((path) => basename(path)));
const documents = tracked.filter((path) => path.endsWith(".md") && !HISTORY.has(path) && existsSync(path));
const faults = documents.flatMap((document) =>
  readFileSync(document, "utf8")
    .split("\n")
    .flatMap((line, index) =>
      named(line)
        .filter((name) => !isThere(name, document))
        .map((name) => `${document}:${index + 1} names ${name}, which is not there`),
    ),
);
for (const fault of faults) console.log(fault);
console.error(`documentation: ${documents.length} files, ${faults.length} names of files that are not there`);
process.exitCode = faults.length === 0 ? 0 : 1;

/** Links and what stands in backticks, as far as it is a path. */
function named(line) {
  const links = [...line.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target);
  const marked = [...line.matchAll(/`([^`\s]+)`/g)].map(([, text]) => text);
  return [
    ...links.filter((target) => !/^[a-z]+:/.test(target)),
    ...marked.filter((text) => (TOPS.test(text) || OURS.test(text)) && !/[<>{}…A-Z]{2}/.test(text)),
  ];
}

function isThere(name, document) {
  if (/[*{]/.test(name)) return existsSync(name.replace(/[*{].*$/, "").replace(/[^/]*$/, "") || ".");
  const path = normalize(name);
  return existsSync(path) || existsSync(join(dirname(document), path)) || names.has(path);
}
