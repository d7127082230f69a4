/**
 * Questions that this browser remembers: those asked lately and those that the reader saved. Each is an address with
 * a title, as the address is the whole question.
 */
import { useEffect } from "preact/hooks";

/** A question to go back to. */
interface KeptQuestion {
  /** Path and parameters. */
  readonly href: string;
  readonly title: string;
}

const RECENT = "bioweft.recent";
const SAVED = "bioweft.saved";
const MOST_RECENT = 12;

/** The questions asked lately, the last first. */
export function recentQuestions(): readonly KeptQuestion[] {
  return read(RECENT);
}

/** The saved questions, in the order of saving. */
export function savedQuestions(): readonly KeptQuestion[] {
  return read(SAVED);
}

/** Saves a question, or takes it out where it is saved already; gives whether it is saved now. */
export function toggleSaved(question: KeptQuestion): boolean {
  const others = read(SAVED).filter(({ href }) => href !== question.href);
  const wasSaved = others.length < read(SAVED).length;
  write(SAVED, wasSaved ? others : [...others, question]);
  return !wasSaved;
}

/** Names the view in the browser's tab, and remembers it as asked once it has a title. */
export function useTitle(title: string | undefined, isQuestion = true): void {
  const href = location.pathname + location.search;
  useEffect(() => {
    document.title = title === undefined ? "BioWeft" : `${title} · BioWeft`;
    if (title === undefined || !isQuestion) return;
    const path = location.pathname;
    const others = read(RECENT).filter((kept) => kept.href.split("?")[0] !== path || kept.title !== title);
    write(RECENT, [{ href, title }, ...others].slice(0, MOST_RECENT));
  }, [title, href, isQuestion]);
}

function read(name: string): KeptQuestion[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    return []; // storage is closed to this page, or holds what is not ours
  }
}

function write(name: string, questions: readonly KeptQuestion[]): void {
  try {
    localStorage.setItem(name, JSON.stringify(questions));
  } catch {
    // Storage is closed or full: the page works without remembering.
  }
}

function isKept(value: unknown): value is KeptQuestion {
  if (typeof value !== "object" || value === null) return false;
  const { href, title } = value as Record<string, unknown>;
  return typeof href === "string" && href.startsWith("/") && typeof title === "string";
}
