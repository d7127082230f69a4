/**
 * One BioWeft a data folder: a lock file that names its holder and the database process that it started.
 * Leftovers of a killed holder are cleared, its orphaned database stopped. Neo4j's own store lock stays behind it.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import { log } from "../../core/log.js";
import { awaitExit, isSameProcess, processIdentity, signalProcess } from "./process-identity.js";

const processShape = z.object({ pid: z.number(), started: z.string() });
const lockShape = z.object({ owner: processShape, token: z.string(), server: processShape.optional() });
type LockContent = z.infer<typeof lockShape>;

/** A held lock. */
export interface HomeLock {
  /** Writes down which database process belongs to the holder. */
  recordServer(pid: number): void;
  release(): void;
}

/** How long an orphaned database gets to stop before it is killed, in milliseconds. */
const ORPHAN_GRACE_MILLIS = 20_000;

/**
 * Takes the lock of a data folder. Throws LOCKED naming the process that holds it. A lock left by a killed
 * process is taken over after the database that it left running is stopped.
 */
export async function lockHome(folder: string): Promise<HomeLock> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "bioweft.lock");
  const self = processIdentity(process.pid);
  const mine: LockContent = {
    owner: { pid: process.pid, started: self?.started ?? "" },
    token: `${process.pid}-${Date.now()}-${Math.random()}`,
  };
  if (!createNew(path, mine)) await takeOver(path, folder, mine);
  return {
    recordServer: (pid) => {
      const started = processIdentity(pid)?.started ?? "";
      replace(path, { ...mine, server: { pid, started } });
    },
    release: () => {
      if (readLock(path)?.token === mine.token) rmSync(path, { force: true });
    },
  };
}

async function takeOver(path: string, folder: string, mine: LockContent): Promise<void> {
  const held = readLock(path);
  if (held !== undefined && isSameProcess(held.owner)) throw lockedBy(held.owner.pid, folder);
  if (held?.server !== undefined) await stopOrphan(held.server, folder);
  replace(path, mine);
  // subtle: two starts may find the same leftover; the last to write it has it, so look again after both have.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const winner = readLock(path);
  if (winner?.token !== mine.token) throw lockedBy(winner?.owner.pid ?? 0, folder);
}

async function stopOrphan(server: z.infer<typeof processShape>, folder: string): Promise<void> {
  const live = processIdentity(server.pid);
  const ours = live?.started === server.started && live.command.includes(`--home-dir=${folder}`);
  if (!ours) return;
  log("warn", "stopping a database that an earlier, killed run left behind", { pid: server.pid });
  signalProcess(server.pid, "SIGTERM");
  if (await awaitExit(server.pid, ORPHAN_GRACE_MILLIS)) return;
  signalProcess(server.pid, "SIGKILL");
  await awaitExit(server.pid, ORPHAN_GRACE_MILLIS);
}

function lockedBy(pid: number, folder: string): BioWeftError {
  return new BioWeftError(
    "LOCKED",
    `process ${pid} already runs BioWeft on this data folder; use that one, stop it (kill ${pid}), or set BIOWEFT_HOME to another folder`,
    { place: { file: folder } },
  );
}

function createNew(path: string, content: LockContent): boolean {
  const temporary = `${path}.${content.token}`;
  try {
    writeFileSync(temporary, JSON.stringify(content), { mode: 0o600 });
    // subtle: a link appears with its content, so that nobody reads a half-written lock and takes it for a leftover.
    linkSync(temporary, path);
    return true;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new BioWeftError("CONFIG", "cannot write the data folder; check its permissions and the disk", {
      place: { file: path },
      cause: fault,
    });
  } finally {
    rmSync(temporary, { force: true });
  }
}

function replace(path: string, content: LockContent): void {
  const temporary = `${path}.${content.token}`;
  writeFileSync(temporary, JSON.stringify(content), { mode: 0o600 });
  renameSync(temporary, path);
}

/** Undefined for a file that is gone, or cut short by a kill. */
function readLock(path: string): LockContent | undefined {
  try {
    return lockShape.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}
