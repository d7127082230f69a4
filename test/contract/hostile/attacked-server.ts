/**
 * A server to be attacked: `bioweft serve` as a process of its own, on the tests' database with a tiny model, keys of each
 * role and an issuer of tokens. Its log is kept, and its memory can be looked at.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { makeApiKey, ROLES } from "../../../src/core/api/access.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { revokeApiKey, writeApiKey } from "../../../src/graph/write/write-api-keys.js";
import { startBioweft } from "../../support/command.js";
import { testAddress } from "../../support/database.js";
import { LITERATURE } from "../../support/literature.js";
import { type HeldMemory, heldMemory, INSPECTED } from "../../support/processes/inspected-memory.js";
import { startPubtator3Server } from "../../support/servers/pubtator3-server.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";
import type { Identities } from "./attacks.js";

/** What the tests look at. */
export interface AttackedServer {
  readonly url: string;
  readonly port: number;
  readonly identities: Identities;
  /** What nothing that it answers may contain. */
  readonly secrets: readonly string[];
  /** All that it has logged. */
  log(): string;
  isAlive(): boolean;
  /** What it holds once its garbage is collected. */
  held(): Promise<HeldMemory>;
  /** Resident memory, in megabytes. */
  residentMegabytes(): number;
  close(): Promise<void>;
}

/** Starts it, ready to be asked. */
export async function startAttackedServer(database: Database): Promise<AttackedServer> {
  const home = mkdtempSync(join(tmpdir(), "bioweft-hostile-"));
  const model = await writeTinyModel();
  const source = await startPubtator3Server({ documents: LITERATURE });
  const issuer = await startIssuer();
  const { uri, user, password } = testAddress();
  const settings = {
    BIOWEFT_HOME: home,
    ...{ NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password },
    ...{ HOST: "127.0.0.1", PORT: "0", BIOWEFT_COST_A_MINUTE: "0", BIOWEFT_PUBTATOR3: source.url },
    BIOWEFT_JWKS_URL: issuer.url,
    BIOWEFT_INTROSPECTION: "on",
  };
  const { child, ended } = startBioweft(["serve", "--model", model], settings, INSPECTED);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text: string) => {
      said += text;
    });
  }
  const url = await new Promise<string>((resolve, reject) => {
    const look = setInterval(() => {
      const found = /BioWeft is ready: +(\S+)\/graphql/.exec(said)?.[1];
      if (found !== undefined || child.exitCode !== null) clearInterval(look);
      if (found !== undefined) resolve(found);
      else if (child.exitCode !== null) reject(new Error(`the server did not start: ${said}`));
    }, 50);
  });
  const pid = child.pid ?? 0;
  return {
    url,
    port: Number(new URL(url).port),
    identities: { ...(await keysOf(database)), ...issuer.identities },
    secrets: [uri.replace(/^\w+:\/\//, ""), password, home, model, source.url, issuer.url, process.cwd()],
    log: () => said,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    held: () => heldMemory(said),
    residentMegabytes: () => {
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
      return Number(kilobytes) / 1_000;
    },
    close: async () => {
      child.kill("SIGTERM");
      await ended;
      await source.close();
      issuer.close();
      for (const folder of [home, model]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Keys of each role, one that is revoked, and texts that are none. */
async function keysOf(database: Database): Promise<Identities> {
  const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
  const found: Record<string, Record<string, string>> = { nobody: {} };
  for (const role of [...ROLES, "revoked"] as const) {
    const { text, key } = makeApiKey(role, role === "revoked" ? "ADMIN" : role);
    await writeApiKey(database, key);
    if (role === "revoked") await revokeApiKey(database, key.id);
    found[role.toLowerCase()] = bearer(text);
  }
  return {
    ...found,
    forgedKey: bearer(makeApiKey("forged", "ADMIN").text),
    basic: { authorization: "Basic YTpi" },
  };
}

/** An issuer whose keys are fetched, and tokens of it: good, expired and forged. */
async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const forger = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "one", alg: "ES256", use: "sig" };
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [jwk] }));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const signed = async (key: typeof privateKey, expires: string | number, role: string) => {
    const token = new SignJWT({ role })
      .setProtectedHeader({ alg: "ES256", kid: "one" })
      .setExpirationTime(expires);
    return { authorization: `Bearer ${await token.sign(key)}` };
  };
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/keys`,
    identities: {
      token: await signed(privateKey, "2h", "curator"),
      expired: await signed(privateKey, Math.floor(Date.now() / 1000) - 60, "admin"),
      forged: await signed(forger.privateKey, "2h", "admin"),
      unsigned: { authorization: "Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4iLCJleHAiOjQwMDAwMDAwMDB9." },
    },
    close: () => server.close(),
  };
}
