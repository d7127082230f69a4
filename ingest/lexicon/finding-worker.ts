/** A thread that finds names in texts; started by finding-thread.ts. */
import type { FindingTask } from "./finding-thread.js";
import { findMentions } from "./recognizer.js";

/** The mentions of one text. */
export default function find([text, entities]: FindingTask) {
  return findMentions(text, entities);
}
