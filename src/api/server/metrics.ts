/**
 * What the server counts of itself, as Prometheus reads it at `/metrics`.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The meters of one server. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = this.#histogram("bioweft_http_request_seconds", "HTTP requests by route and status.", [
    "route",
    "status",
  ]);
  readonly #statements = this.#histogram("bioweft_statement_seconds", "Statements of the graph, by name.", [
    "statement",
    "failed",
  ]);
  readonly #operations = new Counter({
    name: "bioweft_operations_total",
    help: "Operations of GraphQL by transport and outcome: ok, or the code of the first error.",
    labelNames: ["transport", "outcome"],
    registers: [this.#registry],
  });
  readonly #cost = new Counter({
    name: "bioweft_cost_total",
    help: "Cost of the operations that were let through.",
    registers: [this.#registry],
  });
  #hasDefaults = false;

  /** `sockets` and `underWay` tell how many there are now. */
  constructor(now: { readonly sockets: () => number; readonly underWay: () => number }) {
    this.#gauge("bioweft_sockets", "WebSockets that are open.", now.sockets);
    this.#gauge("bioweft_operations_under_way", "Operations that are not answered yet.", now.underWay);
  }

  request(route: string, status: number, millis: number): void {
    this.#requests.observe({ route, status: String(status) }, millis / 1000);
  }

  statement(statement: string, millis: number, isFailed: boolean): void {
    this.#statements.observe({ statement, failed: String(isFailed) }, millis / 1000);
  }

  operation(transport: "http" | "websocket", outcome: string, cost: number): void {
    this.#operations.inc({ transport, outcome });
    this.#cost.inc(cost);
  }

  /** All of them in Prometheus's text form, with its content type. */
  async read(): Promise<{ readonly type: string; readonly text: string }> {
    // The process's own meters watch its event loop, so they begin with the first who asks.
    if (!this.#hasDefaults) collectDefaultMetrics({ register: this.#registry });
    this.#hasDefaults = true;
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  #histogram(name: string, help: string, labelNames: string[]): Histogram {
    return new Histogram({ name, help, labelNames, buckets: SECONDS, registers: [this.#registry] });
  }

  #gauge(name: string, help: string, read: () => number): void {
    const registers = [this.#registry];
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }
}
