/**
 * Reads the head of an HTTP answer to a download: whether it is the file, and how long it is.
 */
import { BioWeftError } from "../../src/core/errors.js";

/** Throws for an answer that is not the file: NOT_FOUND, RATE_LIMITED or UPSTREAM_UNAVAILABLE. */
export function checkAnswer(response: Response, url: string): void {
  const { status } = response;
  if (status === 200 || status === 206) return;
  if (status === 404 || status === 410) {
    const reason = `${url} does not exist (${status}); see the publisher's page for where it is now`;
    throw new BioWeftError("NOT_FOUND", reason);
  }
  if (status === 401 || status === 403) {
    const reason = `${url} is not open to everyone (${status}); see the publisher's page for how to get it`;
    throw new BioWeftError("NOT_FOUND", reason);
  }
  if (status === 429)
    throw new BioWeftError("RATE_LIMITED", `${url} asks to slow down (429); try again later`);
  throw new BioWeftError("UPSTREAM_UNAVAILABLE", `${url} answered ${status}; try again later`);
}

/** Bytes of the whole file, where the server says so, given how many are here already. */
export function totalBytes(response: Response, from: number): number | undefined {
  const range = /\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1];
  if (range !== undefined) return Number(range);
  const length = response.headers.get("content-length");
  return length === null ? undefined : from + Number(length);
}
