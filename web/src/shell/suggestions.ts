/**
 * What the search field suggests: entities for what is typed, else the recent and the example questions.
 */
import { useEffect, useState } from "preact/hooks";
import { WebTypeAheadDocument } from "../../generated/documents.js";
import { useAnswer } from "../graphql/use-answer.js";
import { useExamples } from "../questions/examples.js";
import { recentQuestions } from "../questions/kept-questions.js";
import { counted } from "../words/numbers.js";
import { ENTITY_WORDS } from "../words/vocabulary.js";

/** A line under a field. */
export interface Suggestion {
  /** What it stands for: an entity's CURIE, or an address of this page. */
  readonly key: string;
  readonly name: string;
  readonly detail: string;
}

const SETTLE_MILLIS = 90;
const MOST_RECENT = 4;

/** What is suggested, and whether more may come. */
interface Suggested {
  readonly suggestions: readonly Suggestion[];
  readonly isAsking: boolean;
}

/** Questions while nothing is typed, then entities. `isOpen` says whether anybody sees them. */
export function useSearchSuggestions(text: string, isOpen: boolean): Suggested {
  const entities = useEntitySuggestions(text, isOpen);
  const examples = useExamples();
  if (text.trim() === "") {
    const recent = recentQuestions().slice(0, MOST_RECENT);
    const asked = recent.map(({ href, title }) => ({ key: href, name: title, detail: "asked before" }));
    const offered = examples.map(({ href, question }) => ({ key: href, name: question, detail: "example" }));
    const seen = new Set(offered.map(({ key }) => key));
    return { suggestions: [...offered, ...asked.filter(({ key }) => !seen.has(key))], isAsking: false };
  }
  return entities;
}

/** Entities for what is typed; their keys are CURIEs. */
export function useEntitySuggestions(text: string, isOpen: boolean): Suggested {
  const settled = useSettled(text.trim());
  const found = useAnswer(WebTypeAheadDocument, isOpen && settled !== "" ? { text: settled } : null);
  if (settled === "") return { suggestions: [], isAsking: false };
  if (found.state !== "ready") return { suggestions: [], isAsking: true };
  return {
    isAsking: settled !== text.trim(),
    suggestions: found.data.searchEntities.nodes.map(({ curie, name, type, degree, synonyms }) => ({
      key: curie,
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
