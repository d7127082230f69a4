/**
 * Who asks: by an API key or a JSON web token of the header, else nobody by name. While no key was ever made and no tokens
 * are accepted, whoever reaches the server may do everything, as on one's own machine; from then on nobody by name may read.
 */
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { type ApiKey, findApiKey, isApiKey, ROLES, type Role } from "../../../core/api/access.js";
import type { ApiSettings } from "../../../core/api/api-settings.js";
import { BioWeftError } from "../../../core/errors.js";
import type { Database } from "../../../graph/neo4j/database.js";
import { readApiKeys } from "../../../graph/read/read-api-keys.js";
import type { Caller } from "../../platform/caller.js";
import type { DatabaseWatch } from "../../platform/database-watch.js";
import { refusal } from "../../platform/refusal.js";

/** How long a revoked key may still be taken. */
const KEYS_MILLIS = 2_000;
const READ_MILLIS = 1_300;
/** Signatures that a public key checks: with a shared secret, whoever can check a token can make one. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** What a request or the opening of a socket says of who asks. */
interface Credentials {
  /** The value of `Authorization`. */
  readonly authorization?: string | undefined;
  /** The value of `x-api-key`. */
  readonly apiKey?: string | undefined;
  readonly address: string;
}

/** Tells who asks. */
export class Authentication {
  readonly #database: Database;
  readonly #watch: DatabaseWatch;
  readonly #tokens: TokenCheck | undefined;
  #keys: { readonly untilMillis: number; readonly list: Promise<readonly ApiKey[]> } | undefined;

  constructor(database: Database, watch: DatabaseWatch, tokens: ApiSettings["tokens"]) {
    this.#database = database;
    this.#watch = watch;
    this.#tokens = tokens === undefined ? undefined : tokenCheck(tokens);
  }

  /** Throws UNAUTHENTICATED for a key or token that is not accepted, UPSTREAM_UNAVAILABLE where it cannot be checked. */
  async callerOf({ authorization, apiKey, address }: Credentials): Promise<Caller> {
    const keys = await this.#currentKeys();
    const text = apiKey ?? bearer(authorization);
    if (text !== undefined) return isApiKey(text) ? callerOfKey(text, keys) : this.#callerOfToken(text);
    const isClosed = keys.length > 0 || this.#tokens !== undefined;
    return {
      role: isClosed ? "READER" : "ADMIN",
      name: "anonymous",
      account: `address:${address}`,
      isAnonymous: true,
    };
  }

  async #callerOfToken(token: string): Promise<Caller> {
    if (this.#tokens === undefined)
      throw refused("it is no key of this server, and JSON web tokens are not accepted");
    const payload = await this.#tokens(token);
    const name = payload.sub ?? "token";
    return { role: roleOf(payload), name, account: `token:${payload.iss ?? ""}:${name}`, isAnonymous: false };
  }

  #currentKeys(): Promise<readonly ApiKey[]> {
    const known = this.#keys;
    if (known !== undefined && known.untilMillis > Date.now()) return known.list;
    const list = this.#read();
    const read = { untilMillis: Date.now() + KEYS_MILLIS, list };
    this.#keys = read;
    list.catch(() => {
      if (this.#keys === read) this.#keys = undefined;
    });
    return list;
  }

  async #read(): Promise<readonly ApiKey[]> {
    try {
      return await readApiKeys(this.#database, { timeoutMillis: READ_MILLIS, isAside: true });
    } catch (fault) {
      if (
        fault instanceof BioWeftError &&
        fault.code === "TIMEOUT" &&
        !(await this.#watch.answers(READ_MILLIS / 4))
      ) {
        throw new BioWeftError("UPSTREAM_UNAVAILABLE", "the graph database does not answer; try again soon");
      }
      throw await this.#watch.explained(fault);
    }
  }
}

function callerOfKey(text: string, keys: readonly ApiKey[]): Caller {
  const key = findApiKey(text, keys);
  if (key === undefined) throw refused("the key is unknown or revoked");
  return { role: key.role, name: key.name, account: `key:${key.id}`, isAnonymous: false };
}

function bearer(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw refused('the header must be "Authorization: Bearer KEY"');
  return token;
}

function refused(why: string) {
  return refusal("UNAUTHENTICATED", `who asks is not accepted: ${why}; send a valid key or token, or none`);
}

type TokenCheck = (token: string) => Promise<JWTPayload>;

function tokenCheck({ jwksUrl, issuer, audience }: NonNullable<ApiSettings["tokens"]>): TokenCheck {
  const keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 1_500, cooldownDuration: 5_000 });
  const options = {
    algorithms: ALGORITHMS,
    clockTolerance: 5,
    requiredClaims: ["exp"],
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  };
  return async (token) => {
    try {
      return (await jwtVerify(token, keys, options)).payload;
    } catch (fault) {
      throw toRefusal(fault);
    }
  };
}

function toRefusal(fault: unknown): Error {
  if (fault instanceof errors.JWTExpired) return refused("the token has expired");
  const isTheirs =
    fault instanceof errors.JOSEError &&
    !(fault instanceof errors.JWKSTimeout) &&
    !(fault.code === "ERR_JOSE_GENERIC");
  if (isTheirs) return refused("the token is not valid");
  return new BioWeftError(
    "UPSTREAM_UNAVAILABLE",
    "the keys of the tokens' issuer cannot be had; try again soon",
    {
      cause: fault,
    },
  );
}

/** The highest role of the claims `role` and `roles`; a token without one reads. */
function roleOf(payload: JWTPayload): Role {
  const claimed = [payload["role"], payload["roles"]].flat().map((one) => String(one).toUpperCase());
  return [...ROLES].reverse().find((role) => claimed.includes(role)) ?? "READER";
}
