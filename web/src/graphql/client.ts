/**
 * Asks the GraphQL endpoint of the server that sent this page. Answers of queries are kept for as long as the page is
 * open, so that going back shows at once what was there; a mutation forgets them all.
 */
import type { TypedDocumentString } from "../../generated/documents.js";
import { ApiFault, offlineFault, toFault } from "./fault.js";
import { storedKey } from "./sign-in.js";

/** A typed document; its text is its identity. */
export type Document<Data, Variables> = TypedDocumentString<Data, Variables>;

/** An answer under way or here. */
interface Kept {
  readonly promise: Promise<unknown>;
  data?: unknown;
}

const MOST_KEPT = 400;
const kept = new Map<string, Kept>();
const listeners = new Set<() => void>();

/** The endpoint's address, whole. */
export function endpoint(): string {
  return `${location.origin}/graphql`;
}

/** Asks a query; the same question is asked once. Throws ApiFault. */
export function ask<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const key = keyOf(document, variables);
  const known = kept.get(key);
  if (known !== undefined) return known.promise as Promise<Data>;
  const promise = post(document, variables);
  const entry: Kept = { promise };
  keep(key, entry);
  promise.then(
    (data) => {
      entry.data = data;
    },
    () => kept.delete(key),
  );
  return promise;
}

/** An answer that is here already. */
export function known<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
): Data | undefined {
  return kept.get(keyOf(document, variables))?.data as Data | undefined;
}

/** Runs a mutation, then forgets every kept answer, as any of them may have changed. Throws ApiFault. */
export async function change<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const data = await post(document, variables);
  forget();
  return data;
}

/** Asks without keeping the answer, such as to have a text read; it is called off with the signal. Throws ApiFault. */
export function read<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  signal: AbortSignal,
): Promise<Data> {
  return post(document, variables, signal);
}

/** Forgets every kept answer; whoever shows one asks again. */
export function forget(): void {
  kept.clear();
  for (const listener of listeners) listener();
}

/** Hears when answers are forgotten; gives the way to end it. */
export function onForget(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** What identifies a question. */
export function keyOf<Data, Variables>(document: Document<Data, Variables>, variables: Variables): string {
  return `${document}\n${JSON.stringify(variables)}`;
}

async function post<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Data> {
  const key = storedKey();
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
    ...(signal === undefined ? {} : { signal }),
  }).catch(() => {
    throw offlineFault();
  });
  const answer = (await response.json().catch(() => {
    throw new ApiFault(
      `The server answered ${response.status} without JSON. Ask again; if it stays, look at its log.`,
      `HTTP_${response.status}`,
      true,
    );
  })) as { data?: Data | null; errors?: Parameters<typeof toFault>[0] };
  if (answer.errors !== undefined && answer.errors.length > 0) throw toFault(answer.errors);
  if (answer.data === undefined || answer.data === null) throw toFault([]);
  return answer.data;
}

function keep(key: string, entry: Kept): void {
  kept.set(key, entry);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}
