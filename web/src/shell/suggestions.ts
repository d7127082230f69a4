/**
 * What the search field suggests: entities for what is typed, else the recent and the example questions.
 */
import { useEffect, useState } from "preact/hooks";
import { WebTypeAheadDocument } from "../../generated/documents.js";
import { useAnswer } from "../graphql/use-answer.js";
import { entityHref } from "../navigation/addresses.js";
import { recentQuestions } from "../questions/kept-questions.js";
import { useExamples } from "../questions/examples.js";
import { counted } from "../words/numbers.js";
import { ENTITY_WORDS } from "../words/vocabulary.js";

/** A line under the search field. */
export interface Suggestion {
  readonly href: string;
  readonly name: string;
  readonly detail: string;
}

const SETTLE_MILLIS = 90;
const MOST_RECENT = 4;

/** Suggestions for a text; `isOpen` says whether anybody sees them. */
export function useSuggestions(
  text: string,
  isOpen: boolean,
): { readonly suggestions: readonly Suggestion[]; readonly isAsking: boolean } {
  const settled = useSettled(text.trim());
  const found = useAnswer(WebTypeAheadDocument, isOpen && settled !== "" ? { text: settled } : null);
  const examples = useExamples();
  if (text.trim() === "") {
    const recent = recentQuestions().slice(0, MOST_RECENT);
    const asked = recent.map(({ href, title }) => ({ href, name: title, detail: "asked before" }));
    const offered = examples.map(({ href, question }) => ({ href, name: question, detail: "example" }));
    const seen = new Set(offered.map(({ href }) => href));
    return { suggestions: [...offered, ...asked.filter(({ href }) => !seen.has(href))], isAsking: false };
  }
  if (found.state !== "ready") return { suggestions: [], isAsking: true };
  return {
    isAsking: settled !== text.trim(),
    suggestions: found.data.searchEntities.nodes.map(({ curie, name, type, degree, synonyms }) => ({
      href: entityHref(curie),
      name,
      detail: [ENTITY_WORDS[type].label, curie, alias(name, synonyms, settled), counted(degree, "relation")]
        .filter((part) => part !== "")
        .join(" · "),
    })),
  };
}

/** The synonym that what was typed names, where it is not the name itself. */
function alias(name: string, synonyms: readonly string[], typed: string): string {
  const asked = typed.toLowerCase();
  if (name.toLowerCase().includes(asked)) return "";
  const match = synonyms.find((synonym) => synonym.toLowerCase().includes(asked));
  return match === undefined ? "" : `also “${match}”`;
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MILLIS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
