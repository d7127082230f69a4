/**
 * What each key or address may spend in a minute, by the cost of its operations: counted here, or in Redis where several
 * servers share one. A Redis that is gone is counted around.
 */
import { Redis } from "ioredis";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from "rate-limiter-flexible";
import { log } from "../../../core/log.js";
import { refusal } from "../../platform/refusal.js";

const SECONDS = 60;

/** What is left of an account's minute. */
interface Balance {
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** The accounts of all callers. */
export class RateLimit {
  readonly #limiter: RateLimiterAbstract;
  readonly #redis: Redis | undefined;
  readonly points: number;

  /** `points` is what an account may spend in a minute. */
  constructor(points: number, redisUrl?: string) {
    this.points = points;
    const memory = new RateLimiterMemory({ points, duration: SECONDS });
    this.#redis = redisUrl === undefined ? undefined : connectedRedis(redisUrl);
    this.#limiter =
      this.#redis === undefined
        ? memory
        : new RateLimiterRedis({
            storeClient: this.#redis,
            points,
            duration: SECONDS,
            keyPrefix: "bioweft:cost",
            insuranceLimiter: memory,
          });
  }

  /** Takes the cost off an account; throws RATE_LIMITED, with when to ask again, where it does not have it. */
  async charge(account: string, cost: number): Promise<Balance> {
    try {
      return toBalance(await this.#limiter.consume(account, cost));
    } catch (fault) {
      if (!(fault instanceof RateLimiterRes)) throw fault;
      const retryAfterSeconds = toBalance(fault).resetSeconds;
      const reason = `this would cost ${cost} more than the ${this.points} a minute allow; ask again in ${retryAfterSeconds} s`;
      throw refusal("RATE_LIMITED", reason, { retryAfterSeconds });
    }
  }

  /** Lets go of Redis. */
  async close(): Promise<void> {
    this.#redis?.disconnect();
  }
}

function toBalance({ remainingPoints, msBeforeNext }: RateLimiterRes): Balance {
  return { remaining: Math.max(0, remainingPoints), resetSeconds: Math.ceil(msBeforeNext / 1000) };
}

function connectedRedis(url: string): Redis {
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 500 });
  let isTold = false;
  redis.on("error", (fault: Error) => {
    if (!isTold)
      log("warn", "Redis does not answer; rates are counted in this process", { reason: fault.message });
    isTold = true;
  });
  redis.on("ready", () => {
    isTold = false;
  });
  return redis;
}
