/**
 * Where the page stands: the whole state of a view is its address, so that a reload, the back button and a shared
 * link show the same. What is no part of a question (how far one scrolled) is kept in the history entry.
 */
import { useEffect, useState } from "preact/hooks";

/** An address taken apart. */
interface Place {
  readonly path: string;
  readonly params: URLSearchParams;
}

/** Parameters to set; null takes one out. */
export type Changes = Readonly<Record<string, string | number | null | undefined>>;

const listeners = new Set<() => void>();
let current = readPlace();
const RESTORE_MILLIS = 3000;

/** The address, and a redraw whenever it changes. */
export function usePlace(): Place {
  const [, redraw] = useState(0);
  useEffect(() => {
    const listener = () => redraw((round) => round + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return current;
}

/** One parameter of the address; an empty one counts as absent. */
export function param(name: string): string | undefined {
  return current.params.get(name) || undefined;
}

/** A number of the address; anything else counts as absent. */
export function numberParam(name: string): number | undefined {
  const text = param(name);
  const value = Number(text);
  return text === undefined || !Number.isFinite(value) ? undefined : value;
}

/** A comma-separated list of the address, as far as its words are among those allowed. */
export function listParam<Word extends string>(name: string, allowed: readonly Word[]): Word[] {
  const words = param(name)?.split(",") ?? [];
  return allowed.filter((word) => words.includes(word));
}

/** The address of a view. Of the present one it keeps only the year that everything is asked as of. */
export function hrefTo(path: string, params: Changes = {}): string {
  const kept = new URLSearchParams();
  const asOf = current.params.get("asOf");
  if (asOf !== null) kept.set("asOf", asOf);
  return toHref(path, apply(kept, params));
}

/** The present address with some parameters changed. */
function hrefWith(changes: Changes): string {
  return toHref(current.path, apply(new URLSearchParams(current.params), changes));
}

/** Goes to an address of this page. `replace` leaves no step to go back to. */
export function go(href: string, options: { readonly replace?: boolean } = {}): void {
  if (href === location.pathname + location.search) return;
  if (options.replace === true) {
    history.replaceState(history.state, "", href);
  } else {
    keepScroll();
    history.pushState({}, "", href);
    scrollTo(0, 0);
  }
  moved();
}

/** Changes parameters of the present address. */
export function setParams(changes: Changes, options: { readonly replace?: boolean } = {}): void {
  go(hrefWith(changes), options);
}

/** Something of the present history entry. */
export function keptInHistory(name: string): number | undefined {
  const value: unknown = (history.state as Record<string, unknown> | null)?.[name];
  return typeof value === "number" ? value : undefined;
}

/** Keeps something with the present history entry. */
export function keepInHistory(name: string, value: number): void {
  history.replaceState({ ...(history.state as object | null), [name]: value }, "");
}

/** Listens to links, to back and forward, and to leaving. Once, when the page starts. */
export function followLinks(): void {
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => {
    moved();
    restoreScroll();
  });
  addEventListener("pagehide", keepScroll);
  addEventListener("scroll", debounce(keepScroll), { passive: true });
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || link.target !== "" || link.hasAttribute("download")) return;
    if (link.origin !== location.origin || /^\/(graphql|health)/.test(link.pathname)) return;
    if (link.hash !== "" && link.pathname === location.pathname) return;
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
  });
  restoreScroll();
}

function moved(): void {
  current = readPlace();
  for (const listener of listeners) listener();
}

function readPlace(): Place {
  return { path: decodeURI(location.pathname), params: new URLSearchParams(location.search) };
}

function apply(params: URLSearchParams, changes: Changes): URLSearchParams {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === "") params.delete(name);
    else params.set(name, String(value));
  }
  return params;
}

function toHref(path: string, params: URLSearchParams): string {
  // Colons and commas may stand in a query as they are, and CURIEs and lists read better so.
  const query = params.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  return query === "" ? path : `${path}?${query}`;
}

function keepScroll(): void {
  keepInHistory("scroll", Math.round(scrollY));
}

/** Goes where the entry was left, as soon as the view is long enough, unless the reader scrolls first. */
function restoreScroll(): void {
  const target = keptInHistory("scroll") ?? 0;
  const until = performance.now() + RESTORE_MILLIS;
  let stopped = false;
  const stop = () => {
    stopped = true;
  };
  addEventListener("wheel", stop, { once: true, passive: true });
  addEventListener("keydown", stop, { once: true });
  const step = () => {
    if (stopped || performance.now() > until) return;
    scrollTo(0, target);
    if (Math.abs(scrollY - target) > 2) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

function debounce(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, 150);
  };
}
