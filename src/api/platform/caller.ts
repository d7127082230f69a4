/**
 * Who asks, as far as it is known, and what that allows.
 */
import { isAtLeast, type Role } from "../../core/api/access.js";
import { refusal } from "./refusal.js";

/** Who asks. */
export interface Caller {
  readonly role: Role;
  /** The key's name or the token's subject; "anonymous" without either. */
  readonly name: string;
  /** Whose budget a request is charged to: one key, one token's subject, or one address. */
  readonly account: string;
  readonly isAnonymous: boolean;
}

/** Throws UNAUTHENTICATED or FORBIDDEN where the caller may not do `what`, which needs the role. */
export function requireRole(caller: Caller, needed: Role, what: string): void {
  if (isAtLeast(caller.role, needed)) return;
  const role = needed.toLowerCase();
  if (!caller.isAnonymous) {
    throw refusal(
      "FORBIDDEN",
      `${what} needs the role ${role}; "${caller.name}" is ${caller.role.toLowerCase()}`,
    );
  }
  throw refusal(
    "UNAUTHENTICATED",
    `${what} needs the role ${role}: send the key of one as "Authorization: Bearer KEY"; \`bioweft keys create --role ${role}\` makes one`,
  );
}
