/**
 * From which web pages the server may be called: those of its own origin and those of the list, over HTTP and WebSocket
 * alike. A server that only this machine reaches is also refused under other names, which a page can give to it (DNS
 * rebinding). Whoever is no browser sends no origin.
 */
import { isLoopback } from "../../../core/api/api-settings.js";
import { refusal } from "../../platform/refusal.js";

/** Which pages may call. */
export class Origins {
  readonly #allowed: ReadonlySet<string>;
  readonly #hosts: ReadonlySet<string>;
  readonly #isLocal: boolean;

  /** `host` is where the server listens, `allowed` are origins such as https://example.org. */
  constructor(host: string, allowed: readonly string[]) {
    this.#allowed = new Set(allowed);
    this.#hosts = new Set(allowed.map((origin) => new URL(origin).host));
    this.#isLocal = isLoopback(host);
  }

  /** Whether the list names the origin. */
  isListed(origin: string | undefined): boolean {
    return origin !== undefined && this.#allowed.has(origin);
  }

  /** Throws FORBIDDEN for a page that may not call. `host` is the header's. */
  check(origin: string | undefined, host: string | undefined): void {
    if (this.#isLocal && host !== undefined && !this.#hosts.has(host) && !isLoopback(withoutPort(host))) {
      const reason =
        "this server answers under the names of its own machine only; BIOWEFT_ORIGINS adds others";
      throw refusal("FORBIDDEN", reason);
    }
    if (origin === undefined || this.#allowed.has(origin) || hostOf(origin) === host) return;
    const reason = "pages of this origin may not call; who runs the server can add it to BIOWEFT_ORIGINS";
    throw refusal("FORBIDDEN", reason);
  }
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, "");
}

/** Undefined for `null`, which pages in sandboxes and from files send. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
