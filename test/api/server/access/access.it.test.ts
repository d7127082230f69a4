/**
 * Who may do what: keys and JSON web tokens, over HTTP and WebSocket, with a real issuer whose keys are fetched.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  exportJWK,
  type GenerateKeyPairResult,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  type KeyLike,
  SignJWT,
  UnsecuredJWT,
} from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ApiServer } from "../../../../src/api/server/server.js";
import { makeApiKey, type Role } from "../../../../src/core/api/access.js";
import type { Database } from "../../../../src/graph/neo4j/database.js";
import { revokeApiKey, writeApiKey } from "../../../../src/graph/write/write-api-keys.js";
import { startApi } from "../../../support/api-client.js";
import { testDatabase, wipe } from "../../../support/database.js";
import { idleJobs } from "../../../support/idle-jobs.js";
import { openSocket, post, send } from "../../../support/wire-client.js";

const READ = { query: "{ graphStats { entities } }" };
const CHANGE = { query: "mutation { pauseExtractions }" };
/** A revoked key may be taken for two seconds more. */
const KEYS_MILLIS = 2_100;

let database: Database;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());
beforeEach(() => wipe(database));

async function withApi(work: (api: ApiServer) => Promise<void>, settings = {}): Promise<void> {
  const api = await startApi(database, idleJobs(), settings);
  try {
    await work(api);
  } finally {
    await api.close();
  }
}

async function makeKey(role: Role) {
  const { text, key } = makeApiKey(`a ${role.toLowerCase()}`, role);
  await writeApiKey(database, key);
  return { text, id: key.id };
}

const bearer = (text: string) => ({ authorization: `Bearer ${text}` });

describe("keys", () => {
  it("are not asked for while none was made", () =>
    withApi(async (api) => {
      expect(await post(api, CHANGE)).toMatchObject({ status: 200, errors: [] });
      expect((await send(api, "/metrics")).status).toBe(200);
    }));

  it("let each role do what it may, and say what is lacking", async () => {
    const keys = {
      READER: await makeKey("READER"),
      CURATOR: await makeKey("CURATOR"),
      ADMIN: await makeKey("ADMIN"),
    };
    await withApi(async (api) => {
      const outcomes = async (headers: Record<string, string>) => [
        await codeOf(post(api, READ, headers)),
        await codeOf(post(api, CHANGE, headers)),
        (await send(api, "/metrics", { headers })).status,
      ];
      expect(await outcomes({})).toEqual(["200", "401 UNAUTHENTICATED", 401]);
      expect(await outcomes(bearer(keys.READER.text))).toEqual(["200", "403 FORBIDDEN", 403]);
      expect(await outcomes(bearer(keys.CURATOR.text))).toEqual(["200", "200", 403]);
      expect(await outcomes({ "x-api-key": keys.ADMIN.text })).toEqual(["200", "200", 200]);
      const [refused] = (await post(api, CHANGE, bearer(keys.READER.text))).errors;
      expect(refused?.message).toMatch(/needs the role curator; "a reader" is reader/);
      const [anonymous] = (await post(api, CHANGE)).errors;
      expect(anonymous?.message).toMatch(/bioweft keys create --role curator/);
    });
  });

  it("are refused when they are forged, malformed or revoked, whatever they ask", async () => {
    const { text, id } = await makeKey("ADMIN");
    const forged = makeApiKey("forged", "ADMIN").text;
    const sameId = `${text.slice(0, 16)}${forged.slice(16)}`;
    await withApi(async (api) => {
      for (const headers of [
        bearer(forged),
        bearer(sameId),
        bearer("bw_"),
        { authorization: "Basic YTpi" },
        { "x-api-key": "" },
      ]) {
        expect([headers, await codeOf(post(api, READ, headers))]).toEqual([headers, "401 UNAUTHENTICATED"]);
      }
      expect(await codeOf(post(api, CHANGE, bearer(text)))).toBe("200");
      await revokeApiKey(database, id);
      await new Promise((resolve) => setTimeout(resolve, KEYS_MILLIS));
      expect(await codeOf(post(api, READ, bearer(text)))).toBe("401 UNAUTHENTICATED");
      // The last key's end opens nothing again.
      expect(await codeOf(post(api, CHANGE))).toBe("401 UNAUTHENTICATED");
    });
  });

  it("are kept as hashes alone", async () => {
    const { text } = await makeKey("CURATOR");
    const rows = await database.runText("MATCH (n) RETURN properties(n) AS properties");
    expect(JSON.stringify(rows)).toContain("a curator");
    expect(JSON.stringify(rows)).not.toContain(text.slice(20));
  });

  it("hold over WebSocket as over HTTP, by header or by what opens the socket, and end with the key", async () => {
    const curator = await makeKey("CURATOR");
    const reader = await makeKey("READER");
    await withApi(async (api) => {
      const change = async (options: Parameters<typeof openSocket>[1]) => {
        const wire = await openSocket(api, options);
        wire.say({ type: "subscribe", id: "1", payload: CHANGE });
        const { payload } = await wire.heard(({ id }) => id === "1");
        return { wire, outcome: JSON.stringify(payload) };
      };
      const byParams = await change({ params: { apiKey: curator.text } });
      expect(byParams.outcome).toContain('"pauseExtractions":0');
      for (const options of [{ params: bearer(curator.text) }, { headers: { "x-api-key": curator.text } }]) {
        const { wire, outcome } = await change(options);
        expect(outcome).toContain('"pauseExtractions":0');
        wire.end();
      }
      for (const [options, code] of [
        [{ params: { apiKey: reader.text } }, "FORBIDDEN"],
        [{}, "UNAUTHENTICATED"],
      ] as const) {
        const { wire, outcome } = await change(options);
        expect(outcome).toContain(`"code":"${code}"`);
        wire.end();
      }
      await expect(openSocket(api, { params: { apiKey: "bw_wrong" } })).rejects.toThrow(/4403/);
      await revokeApiKey(database, curator.id);
      await new Promise((resolve) => setTimeout(resolve, KEYS_MILLIS));
      byParams.wire.say({ type: "subscribe", id: "2", payload: READ });
      const late = await byParams.wire.heard(({ id }) => id === "2");
      expect(late).toMatchObject({ type: "error", payload: [{ extensions: { code: "UNAUTHENTICATED" } }] });
      byParams.wire.end();
    });
  });
});

describe("JSON web tokens", () => {
  const issuer = "https://issuer.example.org";
  const audience = "bioweft";
  let keyServer: Server;
  let tokens: { jwksUrl: string; issuer: string; audience: string };
  let isDown = false;
  let sign: (claims: JWTPayload, options?: SigningOptions) => Promise<string>;
  let pair: GenerateKeyPairResult;

  interface SigningOptions {
    readonly header?: Partial<JWTHeaderParameters>;
    readonly key?: KeyLike | Uint8Array;
    readonly expires?: string | number;
  }

  beforeAll(async () => {
    pair = await generateKeyPair("RS256");
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: "one", alg: "RS256", use: "sig" };
    keyServer = createServer((_request, response) => {
      if (isDown) return void response.writeHead(500).end();
      response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [jwk] }));
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => keyServer.once("listening", resolve));
    const { port } = keyServer.address() as AddressInfo;
    tokens = { jwksUrl: `http://127.0.0.1:${port}/jwks.json`, issuer, audience };
    sign = (claims, { header = {}, key = pair.privateKey, expires = "5m" } = {}) =>
      new SignJWT({ iss: issuer, aud: audience, sub: "ann", ...claims })
        .setProtectedHeader({ alg: "RS256", kid: "one", ...header })
        .setExpirationTime(expires)
        .sign(key);
  });
  afterAll(() => keyServer?.close());

  it("give the role that they claim, and a reader's without", () =>
    withApi(
      async (api) => {
        const outcome = async (claims: JWTPayload) => codeOf(post(api, CHANGE, bearer(await sign(claims))));
        expect(await outcome({ role: "curator" })).toBe("200");
        expect(await outcome({ roles: ["reader", "ADMIN"] })).toBe("200");
        for (const role of ["reader", "root", { admin: true }, undefined]) {
          expect([role, await outcome({ role })]).toEqual([role, "403 FORBIDDEN"]);
        }
        expect(await codeOf(post(api, CHANGE))).toBe("401 UNAUTHENTICATED");
        const wire = await openSocket(api, { params: bearer(await sign({ role: "curator" })) });
        wire.say({ type: "subscribe", id: "1", payload: CHANGE });
        expect(await wire.heard(({ id }) => id === "1")).toMatchObject({ type: "next" });
        wire.end();
      },
      { tokens },
    ));

  it("are refused when they are expired, forged, of another issuer, or signed by what anybody has", () =>
    withApi(
      async (api) => {
        const other = await generateKeyPair("RS256");
        const { privateKey: elliptic } = await generateKeyPair("ES256");
        const good = await sign({ role: "admin" });
        const [head, , signature] = good.split(".");
        const body = Buffer.from(JSON.stringify({ iss: issuer, aud: audience, role: "admin", exp: 4e9 }));
        const shared = new TextEncoder().encode(JSON.stringify(await exportJWK(pair.publicKey)));
        const bad = {
          expired: await sign({ role: "admin" }, { expires: Math.floor(Date.now() / 1000) - 60 }),
          "never to expire": await new SignJWT({ iss: issuer, aud: audience, role: "admin" })
            .setProtectedHeader({ alg: "RS256", kid: "one" })
            .sign(pair.privateKey),
          "not valid yet": await sign({ role: "admin", nbf: Math.floor(Date.now() / 1000) + 600 }),
          "of another key": await sign({ role: "admin" }, { key: other.privateKey }),
          "of an unknown key": await sign(
            { role: "admin" },
            { header: { kid: "two" }, key: other.privateKey },
          ),
          "of another algorithm": await sign({ role: "admin" }, { header: { alg: "ES256" }, key: elliptic }),
          "signed by the public key as a secret": await sign(
            { role: "admin" },
            { header: { alg: "HS256" }, key: shared },
          ),
          unsigned: new UnsecuredJWT({ iss: issuer, aud: audience, role: "admin" })
            .setExpirationTime("5m")
            .encode(),
          "of another body": `${head}.${body.toString("base64url")}.${signature}`,
          "of another issuer": await sign({ role: "admin", iss: "https://other.example.org" }),
          "for somebody else": await sign({ role: "admin", aud: "other" }),
          "no token": "a.b.c",
        };
        expect(await codeOf(post(api, CHANGE, bearer(good)))).toBe("200");
        for (const [what, token] of Object.entries(bad)) {
          expect([what, await codeOf(post(api, READ, bearer(token)))]).toEqual([what, "401 UNAUTHENTICATED"]);
        }
        const [expired] = (await post(api, READ, bearer(bad.expired))).errors;
        expect(expired?.message).toContain("expired");
        await expect(openSocket(api, { params: bearer(bad.expired) })).rejects.toThrow(/4403/);
      },
      { tokens },
    ));

  it("cannot be checked while the issuer is away, which is told as that, and soon", () =>
    withApi(
      async (api) => {
        isDown = true;
        try {
          const began = performance.now();
          const answer = await post(api, READ, bearer(await sign({ role: "admin" })));
          expect(performance.now() - began).toBeLessThan(2_000);
          expect(answer).toMatchObject({
            status: 503,
            errors: [{ extensions: { code: "UPSTREAM_UNAVAILABLE", retryable: true } }],
          });
          expect(answer.text).not.toContain("127.0.0.1");
          expect(await codeOf(post(api, READ))).toBe("200");
        } finally {
          isDown = false;
        }
      },
      { tokens },
    ));

  it("are not accepted where no issuer is set", () =>
    withApi(async (api) => {
      expect(await codeOf(post(api, READ, bearer(await sign({ role: "admin" }))))).toBe(
        "401 UNAUTHENTICATED",
      );
    }));
});

async function codeOf(answer: ReturnType<typeof post>): Promise<string> {
  const { status, errors } = await answer;
  const code = errors[0]?.extensions?.["code"];
  return code === undefined ? String(status) : `${status} ${code}`;
}
