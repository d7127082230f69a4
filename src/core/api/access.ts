/**
 * Who may do what through the API: roles, and the keys that prove them. A key is shown once, when it is made; what is kept of
 * it is a hash. It is long and random, so a plain hash is as good as a slow one. Storing keys is the graph's.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Each may do what those before it may. READER asks, CURATOR changes the graph, ADMIN sees how the server does. */
export const ROLES = ["READER", "CURATOR", "ADMIN"] as const;
export type Role = (typeof ROLES)[number];

/** Whether a role may do what `needed` may. */
export function isAtLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** A key as it is kept. Revoked ones stay, so that nothing that was closed by the first key opens again. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** SHA-256 of the whole key, hexadecimal. */
  readonly hash: string;
  /** Milliseconds since 1970. */
  readonly createdAtMillis: number;
  readonly revokedAtMillis: number | null;
}

const FORM = /^bw_([0-9a-f]{12})_[\w-]{43}$/;

/** A new key: the text for its holder, and what is kept of it. */
export function makeApiKey(name: string, role: Role): { readonly text: string; readonly key: ApiKey } {
  const id = randomBytes(6).toString("hex");
  const text = `bw_${id}_${randomBytes(32).toString("base64url")}`;
  return {
    text,
    key: { id, name, role, hash: hashOf(text), createdAtMillis: Date.now(), revokedAtMillis: null },
  };
}

/** Whether a text has the form of a key, whoever's. */
export function isApiKey(text: string): boolean {
  return FORM.test(text);
}

/** The key that a text is, of those that are kept and not revoked. */
export function findApiKey(text: string, keys: readonly ApiKey[]): ApiKey | undefined {
  const id = FORM.exec(text)?.[1];
  const key = keys.find((one) => one.id === id && one.revokedAtMillis === null);
  if (key === undefined) return undefined;
  return timingSafeEqual(Buffer.from(hashOf(text), "hex"), Buffer.from(key.hash, "hex")) ? key : undefined;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
