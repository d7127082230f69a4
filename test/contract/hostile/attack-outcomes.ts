/**
 * Does what an attack says and looks at what came of it: a right answer, or a refusal with a code; and nothing of what only
 * the server should know.
 */
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { openSocket, send, type WireError, type WireMessage } from "../../support/wire-client.js";
import type { AttackedServer } from "./attacked-server.js";
import type { Attack, BytesAttack, HttpAttack, SocketAttack } from "./attacks.js";

/** What came of an attack. */
export interface Outcome {
  /** What is wrong with it; nothing where all is well. */
  readonly wrong: readonly string[];
  /** The codes with which it was refused, or "answered". */
  readonly codes: readonly string[];
  /** How long the longest answer took. */
  readonly millis: number;
  /** Whether it was told to try again, as a machine that is too busy for its database is. */
  readonly isPutOff: boolean;
}

/** Codes of the API; a fault of ours is none of them. */
const REFUSALS = new Set(
  (
    "GRAPHQL_PARSE_FAILED GRAPHQL_VALIDATION_FAILED PERSISTED_QUERY_NOT_FOUND PERSISTED_QUERY_NOT_SUPPORTED BAD_USER_INPUT " +
    "BAD_REQUEST OPERATION_RESOLUTION_FAILURE NOT_FOUND RATE_LIMITED TIMEOUT QUERY_TOO_EXPENSIVE LIST_TOO_LONG UNAUTHENTICATED " +
    "FORBIDDEN METHOD_NOT_ALLOWED PAYLOAD_TOO_LARGE URI_TOO_LONG UNSUPPORTED_MEDIA_TYPE HEADERS_TOO_LARGE"
  ).split(" "),
);
/** What says that the database does not answer: here, that the machine is too busy. */
const PUT_OFF = "UPSTREAM_UNAVAILABLE";
/** What no answer may hold, whoever runs the server: places, and words of what it is made of. */
const LEAKS =
  /node_modules|\.[tj]s:\d+|\bat \S+ \(|Neo\.\w+|Neo4jError|org\.(neo4j|apache)|lucene|TooManyClauses|ECONN\w+|bolt:\/\/|Lucene/;
const LARGEST_BODY = 1_000_000;
/** Codes of closing that are the protocol's, or ours. */
const CLOSED = new Set([
  1000, 1002, 1003, 1006, 1007, 1008, 1009, 1013, 4400, 4401, 4403, 4406, 4408, 4409, 4429,
]);

/** Attacks, and judges. */
export function attack(server: AttackedServer, one: Attack): Promise<Outcome> {
  if (one.kind === "http") return overHttp(server, one);
  return one.kind === "socket" ? overSocket(server, one) : asBytes(server, one);
}

async function overHttp(server: AttackedServer, { path, init }: HttpAttack): Promise<Outcome> {
  const began = performance.now();
  const answer = await send(server, path, init).catch((fault: Error) => fault);
  if (answer instanceof Error) return withoutAnswer(answer, sentText(init.body), performance.now() - began);
  const { status, text, errors, headers } = answer;
  const millis = performance.now() - began;
  const wrong = leaksOf(server, text, sentText(init.body));
  if (status >= 500) wrong.push(`status ${status}: ${text.slice(0, 300)}`);
  if (status >= 400 && init.method !== "HEAD" && errors.length === 0)
    wrong.push(`${status} without an error: ${text.slice(0, 200)}`);
  const isPage = headers.get("content-type")?.includes("text/html") === true;
  if (isPage && status !== 200) wrong.push(`a page with status ${status}`);
  wrong.push(...faultsOf(errors));
  return {
    wrong,
    codes: codesOf(errors),
    millis,
    isPutOff: status === 503 || codesOf(errors).includes(PUT_OFF),
  };
}

/** Who sends more than may be sent is cut off while it still sends, and may not come to read why. */
function withoutAnswer(fault: Error, sent: string, millis: number): Outcome {
  const isTooLarge = Buffer.byteLength(sent) > LARGEST_BODY;
  const wrong = isTooLarge ? [] : [`no answer: ${fault.message} ${String(fault.cause)}`];
  return { wrong, codes: ["cut off"], millis, isPutOff: false };
}

async function overSocket(server: AttackedServer, one: SocketAttack): Promise<Outcome> {
  const { headers, params, messages, reads } = one;
  let opened: Awaited<ReturnType<typeof openSocket>>;
  const began = performance.now();
  try {
    opened = await openSocket(server, { headers, params });
  } catch (fault) {
    return {
      wrong: [],
      codes: [`not opened: ${String(fault).slice(0, 60)}`],
      millis: performance.now() - began,
      isPutOff: false,
    };
  }
  if (!reads) opened.socket.pause();
  for (const message of messages) opened.say(message);
  if (!reads) {
    await setTimeout(1_500);
    opened.end();
    return { wrong: [], codes: ["left unread"], millis: 0, isPutOff: false };
  }
  const waited = subscribed(messages);
  const isDone = () => waited.every((id) => opened.messages.some((message) => message.id === id));
  const asked = performance.now();
  const closed = opened.closed.then(({ code }) => code);
  let code: number | undefined;
  void closed.then((value) => {
    code = value;
  });
  while (!isDone() && code === undefined && performance.now() - asked < 1_900) await setTimeout(10);
  const millis = performance.now() - asked;
  opened.end();
  return {
    ...socketOutcome(server, opened.messages, messages, code),
    millis: isDone() || code !== undefined ? millis : 0,
  };
}

/** Ids of the operations that are to be answered; what follows jobs may stay silent. */
function subscribed(messages: readonly string[]): string[] {
  return messages.flatMap((text) => {
    try {
      const { type, id, payload } = JSON.parse(text);
      const isSilent = String(payload?.query).startsWith("subscription");
      return type === "subscribe" && typeof id === "string" && id !== "" && !isSilent ? [id] : [];
    } catch {
      return [];
    }
  });
}

function socketOutcome(
  server: AttackedServer,
  heard: readonly WireMessage[],
  said: readonly string[],
  code: number | undefined,
): Omit<Outcome, "millis"> {
  const errors = heard.flatMap(({ payload }): readonly WireError[] => {
    if (Array.isArray(payload)) return payload;
    const inside = (payload as { errors?: WireError[] } | null | undefined)?.errors;
    return inside ?? [];
  });
  const wrong = [...leaksOf(server, JSON.stringify(heard), said.join(" ")), ...faultsOf(errors)];
  if (code !== undefined && !CLOSED.has(code)) wrong.push(`the socket was closed with ${code}`);
  const isPutOff = code === 1013 || codesOf(errors).includes(PUT_OFF);
  return { isPutOff, wrong, codes: [...codesOf(errors), ...(code === undefined ? [] : [`closed ${code}`])] };
}

async function asBytes(server: AttackedServer, { bytes }: BytesAttack): Promise<Outcome> {
  const began = performance.now();
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => undefined);
  let said = "";
  socket.on("data", (data) => {
    said += data.toString("latin1");
  });
  await once(socket, "connect");
  socket.write(Buffer.from(bytes, "latin1"));
  await Promise.race([once(socket, "close"), setTimeout(300)]);
  socket.destroy();
  const wrong = leaksOf(server, said, bytes);
  if (/^HTTP\/1\.1 5/.test(said)) wrong.push(said.slice(0, 200));
  return {
    wrong,
    codes: [said === "" ? "silence" : said.slice(9, 12)],
    millis: performance.now() - began,
    isPutOff: false,
  };
}

/** What of an answer should not be there, and was not sent in the first place. */
function leaksOf({ secrets }: AttackedServer, text: string, sent: string): string[] {
  const found = secrets.filter((secret) => text.includes(secret)).map((secret) => `leaks ${secret}`);
  const word = LEAKS.exec(text);
  if (word !== null && !sent.includes(word[0]))
    found.push(`leaks ${text.slice(Math.max(0, word.index - 80), word.index + 120)}`);
  return found;
}

/** Errors that are no refusal, or not of the form. */
function faultsOf(errors: readonly WireError[]): string[] {
  return errors.flatMap(({ message, extensions }) => {
    const { code, retryable, requestId } = extensions ?? {};
    const isFormed =
      typeof message === "string" &&
      typeof retryable === "boolean" &&
      /^[0-9a-f-]{36}$/.test(String(requestId));
    return isFormed && REFUSALS.has(String(code))
      ? []
      : [`no refusal: ${JSON.stringify({ message, extensions })}`];
  });
}

function codesOf(errors: readonly WireError[]): string[] {
  if (errors.length === 0) return ["answered"];
  return [...new Set(errors.map(({ extensions }) => String(extensions?.["code"])))];
}

function sentText(body: unknown): string {
  return typeof body === "string" ? body : "";
}
