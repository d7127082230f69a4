/**
 * Run as a process of its own: loads a model on one engine, classifies a made-up document for a second and prints how
 * long one took, as JSON. A process, because a broken driver may take its process down and loaded libraries stay.
 */
import type { Document, Mention } from "../core/document.js";
import { loadReleasedModel } from "./released-model.js";

/** What the process prints. */
export interface TrialResult {
  /** For one document, once everything is warm. */
  readonly seconds: number;
}

const WORDS = 200;
const ENTITIES = 6;
const MEASURED_MILLIS = 1000;

/** About an abstract's length, with every fifth word a mention: 15 candidate pairs. */
function madeUpDocument(): Document {
  const mentions: Mention[] = [];
  let text = "";
  for (let word = 0; word < WORDS; word++) {
    const entity = (word / 5) % ENTITIES;
    const name = word % 5 === 0 ? `chemical${entity}` : "measured";
    const start = text.length;
    text += `${name} `;
    const id = `D00000${entity}`;
    const span = { start, end: start + name.length, text: name };
    if (word % 5 === 0) mentions.push({ type: "Chemical", ids: [`MESH:${id}`], sourceIds: [id], ...span });
  }
  return { pmid: "1", passages: [{ kind: "title", offset: 0, text }], mentions, relations: [] };
}

async function secondsADocument(dir: string, engine: string): Promise<number> {
  const classifier = await loadReleasedModel(dir, { engine });
  const document = madeUpDocument();
  await classifier.predict(document);
  const times: number[] = [];
  const end = performance.now() + MEASURED_MILLIS;
  do {
    const began = performance.now();
    await classifier.predict(document);
    times.push(performance.now() - began);
  } while (performance.now() < end);
  await classifier.dispose();
  return Math.min(...times) / 1000;
}

const [dir = "", engine = ""] = process.argv.slice(2);
const result: TrialResult = { seconds: await secondsADocument(dir, engine) };
process.stdout.write(`${JSON.stringify(result)}\n`);
