/**
 * Puts an imported store in the place of an embedded database's, with the users and the password that it has: by renaming whole
 * folders, so that a kill at any moment leaves the one or the other. Needs the database stopped and its folder locked.
 */
import { cpSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What of a database is not the graph: users, their password, and which databases there are. */
const SYSTEM = ["dbms", "server_id", join("databases", "system"), join("transactions", "system")];

/** Puts `imported`, a `data` folder, in the place of that of the database in `folder`. */
export function swapStore(folder: string, imported: string): void {
  const [data, old] = [join(folder, "data"), join(folder, "data.old")];
  for (const part of SYSTEM) {
    if (existsSync(join(data, part))) cpSync(join(data, part), join(imported, part), { recursive: true });
  }
  renameSync(data, old);
  renameSync(imported, data);
  rmSync(old, { recursive: true });
}

/** Ends a swap that was killed: between the two renames the old store comes back, behind them it goes. */
export function recoverSwap(folder: string): void {
  const [data, old] = [join(folder, "data"), join(folder, "data.old")];
  if (!existsSync(old)) return;
  const isSwapped = existsSync(join(data, "databases"));
  rmSync(isSwapped ? old : data, { recursive: true, force: true });
  if (!isSwapped) renameSync(old, data);
}
