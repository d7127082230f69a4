/**
 * By which name this browser judges: the key's where one is sent, else the name that the curator gave once. A server that
 * has keys lets nobody judge without one.
 */
import { useState } from "preact/hooks";
import { WebViewerDocument } from "../../generated/documents.js";
import { type Answer, useAnswer } from "../graphql/use-answer.js";

const NAME = "bioweft.curator";

/** Who judges, as far as it is known. */
export interface Curator {
  readonly answer: Answer<unknown>;
  /** Whether judgements would be taken. */
  readonly isAllowed: boolean;
  /** The key's name; undefined without one. */
  readonly keyName: string | undefined;
  /** The name to judge by; empty where it has to be given first. */
  readonly name: string;
  /** Keeps a name in this browser. */
  readonly setName: (name: string) => void;
}

/** Asks the server whom it takes this browser for. */
export function useCurator(): Curator {
  const answer = useAnswer(WebViewerDocument, {});
  const [given, setGiven] = useState(storedName);
  const viewer = answer.state === "ready" ? answer.data.viewer : undefined;
  const setName = (name: string) => {
    storeName(name);
    setGiven(name);
  };
  return {
    answer,
    isAllowed: viewer !== undefined && viewer.role !== "READER",
    keyName: viewer?.name ?? undefined,
    name: viewer?.name ?? given,
    setName,
  };
}

function storedName(): string {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return ""; // storage is closed to this page
  }
}

function storeName(name: string): void {
  try {
    localStorage.setItem(NAME, name);
  } catch {
    // Storage is closed to this page: the name lasts until it is left.
  }
}
