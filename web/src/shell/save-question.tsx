/**
 * Saves the present question in this browser, or takes it out again.
 */
import { useState } from "preact/hooks";
import { savedQuestions, toggleSaved } from "../questions/kept-questions.js";

/** The button. */
export function SaveQuestion() {
  const href = location.pathname + location.search;
  const [, redraw] = useState(0);
  const isSaved = savedQuestions().some((kept) => kept.href === href);
  const toggle = () => {
    toggleSaved({ href, title: document.title.replace(/ · BioWeft$/, "") });
    redraw((round) => round + 1);
  };
  return (
    <button
      type="button"
      aria-pressed={isSaved}
      onClick={toggle}
      title="Kept in this browser, on the start page"
    >
      {isSaved ? "★ Saved" : "☆ Save question"}
    </button>
  );
}
