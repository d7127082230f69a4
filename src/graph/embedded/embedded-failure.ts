/**
 * Why an embedded database died while it was starting: its last words, and the cure where the cause is known.
 */
import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { BioWeftError } from "../../core/errors.js";
import type { EmbeddedLayout } from "./embedded-config.js";

const LAST_LINES = 12;
const PORT_TAKEN = /Address already in use|Failed to bind/i;

const CURES: readonly (readonly [RegExp, string])[] = [
  [/No space left on device/i, "free some disk space and start again"],
  [/UnsupportedClassVersionError/, "Java is too old for Neo4j 5.26; install Java 17 or 21"],
  [
    /OutOfMemoryError|insufficient memory|Could not reserve enough space/i,
    "free memory, or give it a smaller heap",
  ],
  [/Permission denied|AccessDenied/i, "make the data folder writable for this user"],
  [PORT_TAKEN, "another program took its port; start again"],
];

/** The error for a server that ended before it answered: LOCKED for a store that is in use, else DATABASE. */
export function earlyDeath(layout: EmbeddedLayout, child: Pick<ChildProcess, "exitCode" | "signalCode">) {
  const words = lastWords(layout);
  const place = { file: layout.serverLog };
  if (/lock file has been locked by another process|FileLockException/i.test(words)) {
    return new BioWeftError(
      "LOCKED",
      `another Neo4j has these database files open; stop it, or set BIOWEFT_HOME to another folder\n${words}`,
      { place },
    );
  }
  const cure = CURES.find(([pattern]) => pattern.test(words))?.[1] ?? "its last words say why";
  const how = child.signalCode === null ? `exit code ${child.exitCode}` : `signal ${child.signalCode}`;
  return new BioWeftError(
    "DATABASE",
    `the embedded database ended while starting (${how}); ${cure}\n${words}`,
    {
      place,
    },
  );
}

/** Whether a failed start was the port's fault, so that another port may serve. */
export function isPortTaken(fault: unknown): boolean {
  return fault instanceof BioWeftError && fault.code === "DATABASE" && PORT_TAKEN.test(fault.message);
}

function lastWords(layout: EmbeddedLayout): string {
  const texts = [layout.consoleLog, layout.serverLog].map((path) =>
    existsSync(path) ? readFileSync(path, "utf8").trimEnd() : "",
  );
  const causes = texts
    .join("\n")
    .split("\n")
    .filter((line) => /Caused by:|ERROR/.test(line));
  const tail = texts.flatMap((text) => text.split("\n").slice(-LAST_LINES));
  return [...new Set([...causes.slice(-4), ...tail])].filter((line) => line.trim() !== "").join("\n");
}
