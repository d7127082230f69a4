/**
 * What both transports of the endpoint work with, and what they do alike.
 */
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema, OperationTypeNode } from "graphql";
import type { ApiSettings } from "../../core/api/api-settings.js";
import { BioWeftError } from "../../core/errors.js";
import type { ApiServices } from "../platform/context.js";
import { toFault } from "../platform/fault.js";
import { RequestLimits } from "../platform/request-limits.js";
import type { Authentication } from "./access/authentication.js";
import type { KeptDocuments } from "./limits/kept-documents.js";
import type { OperationGate } from "./limits/operation-gate.js";
import type { TrustedDocuments } from "./limits/trusted-documents.js";
import type { Metrics } from "./metrics.js";

/** A mutation may wait for a model. */
const MUTATION_TIMES = 6;

/** What the transports share. */
export interface EndpointParts {
  readonly schema: GraphQLSchema;
  readonly services: ApiServices;
  readonly settings: ApiSettings;
  readonly authentication: Authentication;
  readonly gate: OperationGate;
  readonly documents: KeptDocuments;
  readonly metrics: Metrics;
  readonly trusted?: TrustedDocuments | undefined;
  /** The requests under way, which end with the server. */
  readonly underWay: Set<RequestLimits>;
}

/** The limits of a new request, which is under way until they are released. */
export function openLimits(parts: EndpointParts, gone: AbortSignal, millis?: number): RequestLimits {
  const limits = new RequestLimits(gone, millis);
  parts.underWay.add(limits);
  limits.afterwards(() => parts.underWay.delete(limits));
  return limits;
}

/** How long an operation may take; a subscription goes on, and each of its events has the time of a query. */
export function millisFor(
  kind: OperationTypeNode | undefined,
  { deadlineSeconds }: ApiSettings,
): number | undefined {
  if (kind === OperationTypeNode.SUBSCRIPTION) return undefined;
  return deadlineSeconds * 1000 * (kind === OperationTypeNode.MUTATION ? MUTATION_TIMES : 1);
}

/** Errors as clients see them. */
export function shownErrors(
  errors: readonly GraphQLError[],
  requestId: string,
  { errorDetail, introspection }: ApiSettings,
): GraphQLFormattedError[] {
  const detail = { detail: errorDetail, hideSchema: !introspection };
  return errors.map((error) => toFault(error, requestId, detail));
}

/** What came of an operation, for the meters. */
export function outcomeOf(errors: readonly GraphQLFormattedError[] | undefined): string {
  return errors === undefined || errors.length === 0
    ? "ok"
    : String(errors[0]?.extensions?.["code"] ?? "unknown");
}

/** Anything thrown as an error of GraphQL. */
export function asGraphqlError(fault: unknown): GraphQLError {
  if (fault instanceof GraphQLError) return fault;
  const originalError = fault instanceof Error ? fault : new BioWeftError("INTERNAL", String(fault));
  return new GraphQLError(originalError.message, { originalError, path: [] });
}
