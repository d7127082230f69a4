/**
 * What a hostile client does with a server: operations over HTTP and WebSocket under right, wrong, forged and expired names,
 * bodies, addresses, headers and bytes that nobody should send, floods, and readers that do not read.
 */
import type { HostileOperation, HostileOperations } from "./hostile-operations.js";
import type { HostileValues } from "./hostile-values.js";

/** A request of HTTP. */
export interface HttpAttack {
  readonly kind: "http";
  readonly what: string;
  readonly path: string;
  readonly init: RequestInit;
}

/** What is said on a socket of its own, and how it is left. */
export interface SocketAttack {
  readonly kind: "socket";
  readonly what: string;
  readonly headers: Record<string, string>;
  readonly params: unknown;
  readonly messages: readonly string[];
  /** Whether the socket is read at all, and left as one should. */
  readonly reads: boolean;
}

/** Bytes on a connection that is then closed, or left open for a moment. */
export interface BytesAttack {
  readonly kind: "bytes";
  readonly what: string;
  readonly bytes: string;
}

export type Attack = HttpAttack | SocketAttack | BytesAttack;

/** Headers of all who may ask, and of those who may not. */
export type Identities = Readonly<Record<string, Record<string, string>>>;

/** Makes attacks. */
export class Attacks {
  readonly #values: HostileValues;
  readonly #operations: HostileOperations;
  readonly #identities: Identities;

  constructor(values: HostileValues, operations: HostileOperations, identities: Identities) {
    this.#values = values;
    this.#operations = operations;
    this.#identities = identities;
  }

  /** So many, of all kinds; each hostile text in each argument among them, as far as there is room. */
  *some(count: number): Generator<Attack> {
    const texts = [...this.#operations.everyText()];
    // Of a short run they are a sample, of a long one all.
    const every = Math.max(1, Math.ceil((2 * texts.length) / count));
    for (let at = 0, next = this.#values.below(every); at < count; at++) {
      const operation = at % 2 === 0 ? texts[next] : undefined;
      if (operation === undefined) yield this.#any();
      else {
        yield this.#posted("a hostile text in an argument", operation, this.#identities["curator"]);
        next += every;
      }
    }
  }

  #any(): Attack {
    const roll = this.#values.below(100);
    if (roll < 55) return this.#posted("an operation", this.#operations.any(), this.#identity());
    if (roll < 70) return this.#oddRequest();
    if (roll < 92) return this.#socket();
    if (roll < 94) return this.#flood();
    if (roll < 95) return this.#slowReader();
    return this.#bytes();
  }

  #identity(): Record<string, string> {
    return this.#values.one(Object.values(this.#identities));
  }

  #posted(
    what: string,
    operation: HostileOperation,
    identity: Record<string, string> | undefined,
  ): HttpAttack {
    const headers = { "content-type": "application/json", ...identity };
    return {
      kind: "http",
      what,
      path: "/graphql",
      init: { method: "POST", headers, body: JSON.stringify(operation) },
    };
  }

  /** What is wrong before any operation is read. */
  #oddRequest(): HttpAttack {
    const { query, variables } = this.#operations.any();
    const body = JSON.stringify({ query, variables });
    const json = { "content-type": "application/json" };
    const post = (headers: Record<string, string>, sent: string, path = "/graphql") => ({
      path,
      init: { method: "POST", headers, body: sent },
    });
    const odd = this.#values.one<{ path: string; init: RequestInit }>([
      post(json, `{"query":"${"x".repeat(1_100_000)}"}`),
      post(json, body.slice(0, this.#values.below(body.length))),
      post(json, `[${body},${body}]`),
      post(json, `{"__proto__":{"query":"x"},"query":"{ __typename }"}`),
      post(json, "[".repeat(50_000)),
      post(json, ""),
      post(json, "\0\0\0"),
      post(
        { "content-type": "application/x-www-form-urlencoded" },
        `query=${encodeURIComponent(wellFormed(String(query)))}`,
      ),
      post({ "content-type": "multipart/form-data; boundary=x" }, `--x\r\n\r\n${body}\r\n--x--`),
      post({ "content-type": "text/plain" }, body),
      post({ "content-type": "application/json; charset=utf-7" }, body),
      post({ "content-type": "application/json", "content-encoding": "gzip" }, body),
      post({ ...json, origin: "https://evil.example.org" }, body),
      post({ ...json, origin: "null" }, body),
      post({ ...json, origin: "http://localhost.evil.example.org" }, body),
      post(json, body, "/graphql/../graphql"),
      post(json, body, `/${encodeURIComponent(wellFormed(this.#values.text().slice(0, 2_000)))}`),
      {
        path: `/graphql?query=${encodeURIComponent(wellFormed(String(query).slice(0, 4_000)))}`,
        init: {},
      },
      {
        path: `/graphql?variables=${encodeURIComponent("{".repeat(100))}&query=x`,
        init: { headers: { "apollo-require-preflight": "1" } },
      },
      { path: "/graphql", init: { method: this.#values.one(["PUT", "DELETE", "PATCH", "HEAD"]) } },
      {
        path: "/graphql",
        init: {
          method: "OPTIONS",
          headers: { origin: "https://evil.example.org", "access-control-request-method": "POST" },
        },
      },
      { path: "/metrics", init: { headers: this.#identity() } },
      {
        path: `/${this.#values.one(["assets", "entity", "relation", "..", "%2e%2e/%2e%2e/etc/passwd", "%", "%ff", "health?x=1", "graphql;x"])}`,
        init: {},
      },
    ]);
    return { kind: "http", what: "an odd request", ...odd };
  }

  #socket(): SocketAttack {
    const subscribe = (id: string, operation: HostileOperation) =>
      JSON.stringify({ type: "subscribe", id, payload: operation });
    const odd = () =>
      this.#values.one([
        "rubbish",
        "{}",
        "[]",
        "null",
        '{"type":"connection_init"}',
        '{"type":"subscribe"}',
        '{"type":"subscribe","id":"","payload":{"query":"{ __typename }"}}',
        '{"type":"subscribe","id":1,"payload":{"query":"{ __typename }"}}',
        '{"type":"subscribe","id":"x","payload":{"query":1}}',
        '{"type":"complete","id":"nobody"}',
        '{"type":"pong"}',
        `{"type":"ping","payload":{"x":"${"y".repeat(1_000)}"}}`,
        `{"type":"ping","payload":{"x":"${"y".repeat(1_100_000)}"}}`,
        "[".repeat(10_000),
      ]);
    const messages = Array.from({ length: 1 + this.#values.below(4) }, (_, at) => {
      if (this.#values.happens(25)) return odd();
      const operation = this.#values.happens(20)
        ? this.#operations.ofField("subscription")
        : this.#operations.any();
      return subscribe(this.#values.happens(5) ? "1" : String(at), operation);
    });
    const identity = this.#identity();
    const isByParams = this.#values.happens(50);
    const params = this.#values.happens(90)
      ? identity
      : this.#values.one([null, [], 1, "x", { apiKey: [] }, { authorization: {} }]);
    const headers = isByParams ? {} : { ...identity };
    if (this.#values.happens(5)) headers["origin"] = "https://evil.example.org";
    return {
      kind: "socket",
      what: "a socket",
      headers,
      params: isByParams ? params : undefined,
      messages,
      reads: true,
    };
  }

  #flood(): SocketAttack {
    const operation = this.#values.happens(50)
      ? this.#operations.ofField("subscription")
      : { query: "{ graphStats { entities } }" };
    const messages = Array.from({ length: 200 }, (_, id) =>
      JSON.stringify({ type: "subscribe", id: String(id), payload: operation }),
    );
    return {
      kind: "socket",
      what: "a flood of subscriptions",
      headers: {},
      params: undefined,
      messages,
      reads: true,
    };
  }

  #slowReader(): SocketAttack {
    const query =
      "{ __schema { types { name description fields { name description args { name description } } } } }";
    const messages = Array.from({ length: 60 }, (_, id) =>
      JSON.stringify({ type: "subscribe", id: String(id), payload: { query } }),
    );
    return {
      kind: "socket",
      what: "a reader that does not read",
      headers: {},
      params: undefined,
      messages,
      reads: false,
    };
  }

  #bytes(): BytesAttack {
    const head = "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
    const bytes = this.#values.one([
      "rubbish\r\n\r\n",
      "\0".repeat(1_000),
      `${head}content-length: 100000\r\n\r\n{"query":`,
      `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`,
      `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      `${head}x: ${"y".repeat(20_000)}\r\n\r\n`,
      `GET /${"a/".repeat(20_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
      "GET /graphql HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n",
      "GET /graphql HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\xff\xff\xff\xff",
      "GET /health HTTP/1.1\r\nhost: evil.example.org\r\n\r\n",
      `${"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(50)}`,
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ]);
    return { kind: "bytes", what: "bytes", bytes };
  }
}

/** Without halves of characters, which no address can carry. */
function wellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
