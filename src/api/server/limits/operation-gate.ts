/**
 * The one gate before execution, for HTTP and WebSocket alike: who may run an operation, what it costs, and whether the
 * caller still has that much. What passed is charged.
 */
import { type DocumentNode, type GraphQLSchema, getOperationAST } from "graphql";
import type { Caller } from "../../platform/caller.js";
import { requireRole } from "../../platform/caller.js";
import { refusal } from "../../platform/refusal.js";
import { CostModel } from "./cost.js";
import { checkListSizes } from "./list-sizes.js";
import type { RateLimit } from "./rate-limit.js";
import type { TrustedDocuments } from "./trusted-documents.js";

/** What a client wants run. */
interface WantedOperation {
  readonly document: DocumentNode;
  readonly source: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** `extensions.cost` of an answer. */
export interface CostReport {
  readonly requested: number;
  /** The most that one operation may cost. */
  readonly maximum: number;
  /** What is left of the caller's minute; absent where none is counted. */
  readonly remaining?: number;
  readonly resetSeconds?: number;
}

/** What the gate goes by. */
interface GateRules {
  readonly maxCost: number;
  readonly rates?: RateLimit | undefined;
  readonly trusted?: TrustedDocuments | undefined;
}

/** Lets operations through. */
export class OperationGate {
  readonly #costs: CostModel;
  readonly #rules: GateRules;

  constructor(schema: GraphQLSchema, rules: GateRules) {
    this.#costs = new CostModel(schema);
    this.#rules = rules;
  }

  /**
   * Charges the operation. Throws FORBIDDEN, UNAUTHENTICATED, LIST_TOO_LONG, QUERY_TOO_EXPENSIVE or RATE_LIMITED, and
   * nothing is run then.
   */
  async admit(wanted: WantedOperation, caller: Caller): Promise<CostReport> {
    const { document, source } = wanted;
    const { maxCost, rates, trusted } = this.#rules;
    trusted?.check(source);
    const name = wanted.operationName ?? undefined;
    if (getOperationAST(document, name)?.operation === "mutation")
      requireRole(caller, "CURATOR", "changing the graph");
    checkListSizes(document, wanted.variables);
    const requested = this.#costs.of(document, name, { ...wanted.variables });
    if (requested > maxCost) {
      // What was refused was reckoned all the same.
      await rates?.charge(caller.account, 1);
      const reason = `the operation costs ${requested}, one may cost ${maxCost}; ask for smaller pages or fewer levels at once`;
      throw refusal("QUERY_TOO_EXPENSIVE", reason);
    }
    const balance = await rates?.charge(caller.account, requested);
    return { requested, maximum: maxCost, ...balance };
  }

  /** Charges a caller for what was refused before it could be reckoned. */
  async chargeRefused(caller: Caller): Promise<void> {
    await this.#rules.rates?.charge(caller.account, 1);
  }
}
