/**
 * Where commands are at work together for a bench: a database of their own, a Redis where the machine has one, and the settings
 * that lead them there.
 */
import { join } from "node:path";
import type { PaperOf } from "../../../../lab/benches/service-bench/literature.js";
import {
  type KillableDatabase,
  type KillableRedis,
  startKillableDatabase,
  startKillableRedis,
} from "./killable.js";

/** What a run has to work with. */
export interface Place {
  readonly folder: string;
  readonly model: readonly string[];
  readonly literature: string;
  readonly paperOf: PaperOf;
}

/** A graph of its own, and a Redis where the machine has one. */
export interface Site extends Place {
  readonly graph: KillableDatabase;
  readonly redis: KillableRedis | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

/** Does the work in a new database below the folder, which is ended behind it. */
export async function inGraph<T>(place: Place, name: string, work: (site: Site) => Promise<T>): Promise<T> {
  const home = join(place.folder, name);
  const graph = await startKillableDatabase(home);
  const redis = await startKillableRedis();
  const { uri, user, password } = graph.address;
  const settings = {
    ...{ BIOWEFT_HOME: home, NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password },
    BIOWEFT_PUBTATOR3: place.literature,
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
  };
  try {
    return await work({ ...place, graph, redis, settings });
  } finally {
    await redis?.close();
    await graph.close();
  }
}
