/**
 * One limiter for all requests to one service: of every client in this process, and, where there is a Redis, of every
 * worker that uses it. A service that asks for patience is given it by all of them. Waiting here is no part of any request's
 * deadline.
 */
import { setTimeout } from "node:timers/promises";
import { Redis } from "ioredis";
import PQueue from "p-queue";
import { BioWeftError, messageOf } from "../../../src/core/errors.js";

/** A service's limit. */
interface ServiceLimit {
  /** Base address of the service, by which its clients are known to be of one. */
  readonly address: string;
  readonly requestsPerSecond: number;
  /** A Redis over which the limit is shared. */
  readonly redisUrl?: string;
}

/** Lets requests through at the service's rate. */
export interface ServiceLimiter {
  /** Does the work when its turn has come; urgent work is before other, and otherwise the first come is. */
  schedule<Value>(work: () => Promise<Value>, urgent?: boolean): Promise<Value>;
  /** Lets nothing through for a while, in milliseconds. */
  pause(millis: number): Promise<void>;
}

const [URGENT, COMMON] = [1, 0];
const AGAIN = Symbol("paused meanwhile");
const LONGEST_TIMER = 2 ** 31 - 1;
const limiters = new Map<string, ServiceLimiter>();
const stores = new Map<string, Redis>();

/** The limiter of a service: the same for the same limit. */
export function serviceLimiter(limit: ServiceLimit): ServiceLimiter {
  const key = JSON.stringify([limit.address, limit.requestsPerSecond, limit.redisUrl]);
  const known = limiters.get(key);
  if (known !== undefined) return known;
  const made = makeLimiter(limit);
  limiters.set(key, made);
  return made;
}

function makeLimiter({ address, requestsPerSecond, redisUrl }: ServiceLimit): ServiceLimiter {
  const minMillis = Math.ceil(1000 / requestsPerSecond);
  const shared = redisUrl === undefined ? undefined : sharedStore(redisUrl);
  const id = `bioweft-limit:${address}`;
  const takeTurn = shared === undefined ? ownTurns(minMillis) : sharedTurns(shared, `${id}:free`, minMillis);
  // A turn is taken when the one before has come, so that urgent work gets the next.
  const queue = new PQueue({ concurrency: 1 });
  let pausedUntil = 0;
  const pauseLeft = async () => {
    const left = Math.max(0, pausedUntil - Date.now());
    return shared === undefined ? left : Math.max(left, await shared.pttl(`${id}:pause`));
  };
  const schedule = async <Value>(work: () => Promise<Value>, urgent = false): Promise<Value> => {
    const priority = urgent ? URGENT : COMMON;
    const inTurn = async () => {
      await setTimeout(await takeTurn());
      if ((await pauseLeft()) > 0) return AGAIN;
      const done = work();
      // It may fail before anybody has come to wait for it.
      done.catch(() => undefined);
      return { done };
    };
    const awake = setInterval(() => {}, LONGEST_TIMER);
    try {
      for (;;) {
        const left = await pauseLeft();
        if (left > 0) await setTimeout(left);
        const turn = await queue.add(inTurn, { priority });
        // The work goes on outside of its turn: how long an answer takes is no matter of the rate.
        if (turn !== undefined && turn !== AGAIN) return await turn.done;
      }
    } catch (fault) {
      throw fault instanceof BioWeftError || redisUrl === undefined ? fault : unreachable(redisUrl, fault);
    } finally {
      clearInterval(awake);
    }
  };
  return {
    schedule,
    async pause(millis) {
      pausedUntil = Math.max(pausedUntil, Date.now() + millis);
      if (millis >= 1) await shared?.set(`${id}:pause`, "1", "PX", Math.ceil(millis));
    },
  };
}

/** Takes the next free turn, and says in how many milliseconds it comes. */
type TakeTurn = () => Promise<number>;

function ownTurns(minMillis: number): TakeTurn {
  let free = 0;
  return async () => {
    const now = performance.now();
    const turn = Math.max(now, free);
    free = turn + minMillis;
    return turn - now;
  };
}

/** The same of all that share a Redis, by its clock. One that has forgotten everything has its next turn free. */
const TAKE_TURN = `
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local turn = math.max(now, tonumber(redis.call("GET", KEYS[1]) or "0"))
local free = turn + ARGV[1]
redis.call("SET", KEYS[1], string.format("%.0f", free), "PX", string.format("%.0f", free - now))
return turn - now`;

function sharedTurns(store: Redis, key: string, minMillis: number): TakeTurn {
  return async () => Number(await store.eval(TAKE_TURN, 1, key, minMillis));
}

function sharedStore(redisUrl: string): Redis {
  const known = stores.get(redisUrl);
  if (known !== undefined) return known;
  const store = new Redis(redisUrl, { maxRetriesPerRequest: 2 });
  // Each command that fails says so itself.
  store.on("error", () => undefined);
  letEnd(store);
  stores.set(redisUrl, store);
  return store;
}

/** A connection that nobody waits for does not keep the process from ending; `schedule` does while it works. */
function letEnd(client: Redis): void {
  client.on("connect", () => client.stream.unref());
}

function unreachable(redisUrl: string, cause: unknown): BioWeftError {
  const place = new URL(redisUrl).host;
  const reason = `the limit of requests is shared over the Redis at ${place}, which does not answer (${messageOf(cause)}); start it, or check REDIS_URL`;
  return new BioWeftError("UPSTREAM_UNAVAILABLE", reason, { cause });
}
