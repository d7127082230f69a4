/**
 * One form for every refusal and fault over HTTP, whoever makes it: the framework, Apollo, or we. `errors` with a code,
 * whether trying again may help, and the request's id.
 */
import type { Socket } from "node:net";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import { z } from "zod";
import { type FaultDetail, toFault } from "../platform/fault.js";

/** Codes of what HTTP itself refuses, by status. */
const CODES: Readonly<Record<number, string>> = {
  400: "BAD_REQUEST",
  404: "NOT_FOUND",
  405: "METHOD_NOT_ALLOWED",
  408: "TIMEOUT",
  413: "PAYLOAD_TOO_LARGE",
  414: "URI_TOO_LONG",
  415: "UNSUPPORTED_MEDIA_TYPE",
  431: "HEADERS_TOO_LARGE",
  503: "NOT_READY",
};
/** The status of what is told of faults that know none themselves. */
const STATUS_OF: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  NOT_FOUND: 404,
  UPSTREAM_UNAVAILABLE: 503,
  CANCELLED: 503,
  TIMEOUT: 503,
};
const JSON_TYPE = "application/json; charset=utf-8";

/** The body of an answer that is one fault. */
function faultBody(code: string, message: string, requestId: string, retryable = false): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, retryable, requestId } }] });
}

/** Gives every answer of the server that is no success its form. */
export function shapeFaults(app: FastifyInstance, detail: FaultDetail): void {
  app.setErrorHandler((error: FastifyError, request, reply) => sendFault(error, request, reply, detail));
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type(JSON_TYPE)
      .send(faultBody("NOT_FOUND", "there is nothing at this address; GraphQL is at /graphql", request.id)),
  );
  app.addHook("onSend", async (request, reply, payload) => {
    void reply.header("x-request-id", request.id);
    const isOwnForm = request.url.startsWith("/health");
    if (reply.statusCode < 400 || typeof payload !== "string" || isOwnForm) return payload;
    return completed(payload, reply, request.id);
  });
}

/** Sends an error as the one fault of an answer. */
function sendFault(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
  detail: FaultDetail,
): FastifyReply {
  void reply.type(JSON_TYPE);
  const own = "statusCode" in error ? Number(error.statusCode) : 500;
  const code = CODES[own];
  if (code !== undefined && "code" in error && String(error.code).startsWith("FST_")) {
    return reply.code(own).send(faultBody(code, error.message, request.id));
  }
  const wrapped =
    error instanceof GraphQLError
      ? error
      : new GraphQLError(error.message, { originalError: error, path: [] });
  const { path: _, ...fault } = toFault(wrapped, request.id, detail);
  const http = httpShape.safeParse(wrapped.extensions["http"]);
  for (const [name, value] of http.data?.headers ?? []) void reply.header(name, value);
  const status = STATUS_OF[String(fault.extensions?.["code"])] ?? own;
  return reply.code(http.data?.status ?? status).send(JSON.stringify({ errors: [fault] }));
}

const httpShape = z.object({ status: z.number(), headers: z.map(z.string(), z.string()).optional() });

const answerShape = z.object({
  errors: z.array(
    z.looseObject({
      message: z.string(),
      extensions: z.looseObject({ code: z.string().optional() }).optional(),
    }),
  ),
});

/** What Apollo or the framework refused by themselves lacks what ours have. */
function completed(payload: string, reply: FastifyReply, requestId: string): string {
  if (payload.includes(requestId) || payload.startsWith("<")) return payload;
  let said: unknown;
  try {
    said = JSON.parse(payload);
  } catch {
    said = undefined;
  }
  const code = CODES[reply.statusCode] ?? (reply.statusCode < 500 ? "BAD_REQUEST" : "INTERNAL_SERVER_ERROR");
  const answer = answerShape.safeParse(said);
  void reply.type(JSON_TYPE).removeHeader("content-length");
  if (!answer.success) return faultBody(code, "the request was refused", requestId);
  const errors = answer.data.errors.map((error) => ({
    ...error,
    extensions: { retryable: false, code, ...error.extensions, requestId },
  }));
  return JSON.stringify({ errors });
}

/** An address that the framework cannot make out, before it knows of any of the above. */
export function refuseAddress(
  { statusCode }: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const status = statusCode === 414 ? 414 : 400;
  const body = faultBody(CODES[status] ?? "BAD_REQUEST", "the address cannot be read", request.id);
  void reply.code(status).type(JSON_TYPE).header("x-request-id", request.id).send(body);
}

/** Throws BAD_REQUEST for a request that names no host, as HTTP/1.1 has it; the framework would answer with nothing. */
export function requireHost({ headers, raw }: FastifyRequest): void {
  if (headers.host !== undefined || raw.httpVersion !== "1.1") return;
  const extensions = {
    code: "BAD_REQUEST",
    http: { status: 400, headers: new Map([["connection", "close"]]) },
  };
  throw new GraphQLError("the request names no host; send the header", { extensions });
}

/** What cannot be read as HTTP at all. */
export function refuseConnection(fault: NodeJS.ErrnoException, socket: Socket): void {
  if (fault.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const status =
    fault.code === "HPE_HEADER_OVERFLOW" ? 431 : fault.code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
  const body = faultBody(CODES[status] ?? "BAD_REQUEST", "the request cannot be read as HTTP", "");
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: ${JSON_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
