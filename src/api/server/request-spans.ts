/**
 * A span for each request of HTTP, under the one that the client names in `traceparent`; what is done for the request is below it.
 * Health is asked too often to be told.
 */
import { type Context, context, propagation, SpanStatusCode, trace } from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { SPAN_KINDS } from "../../core/telemetry/spans.js";

/** Adds the spans to a server. */
export function traceRequests(app: FastifyInstance): void {
  const within = new WeakMap<FastifyRequest, Context>();
  app.addHook("onRequest", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    // A socket is no request; its operations have spans of their own.
    if (route === "/health" || request.headers.upgrade !== undefined) return;
    const from = propagation.extract(context.active(), request.headers);
    const attributes = {
      "http.request.method": request.method,
      "http.route": route,
      "bioweft.request_id": request.id,
    };
    const options = { kind: SPAN_KINDS.answers, attributes };
    const span = trace.getTracer("bioweft").startSpan(`${request.method} ${route}`, options, from);
    within.set(request, trace.setSpan(from, span));
    reply.raw.once("close", () => {
      span.setAttribute("http.response.status_code", reply.statusCode);
      if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
  });
  // Once the body is read, so that all that answers is called from here.
  app.addHook("preHandler", (request, _reply, done) => {
    context.with(within.get(request) ?? context.active(), done);
  });
}

/** Says of the request's span which operation it is. */
export function nameOperation(kind: string | undefined, name: string | undefined): void {
  const span = trace.getActiveSpan();
  if (span === undefined || kind === undefined) return;
  span.setAttribute("graphql.operation.type", kind);
  if (name !== undefined) span.setAttribute("graphql.operation.name", name);
}
