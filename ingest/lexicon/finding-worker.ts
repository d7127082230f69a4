/** A thread that finds names in texts, those that come with the project besides those it is given; started by finding-thread.ts. */
import type { FindingTask } from "./finding-thread.js";
import { toNamedEntities } from "./named-entities.js";
import { loadOwnNames, type OwnNames } from "./own-recognizer.js";
import { recognizerOf } from "./recognizer.js";

let own: Promise<OwnNames> | undefined;

/** The mentions of one text. */
export default async function find([text, entities]: FindingTask) {
  own ??= loadOwnNames();
  const { lexicon, weights } = await own;
  return recognizerOf([toNamedEntities(entities), lexicon], weights).find(text);
}
