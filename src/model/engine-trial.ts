/**
 * Run as a process of its own: loads a model on one engine, classifies a made-up document for about a second and prints how
 * long one took, as JSON. A process, because a broken driver may take its process down and loaded libraries stay.
 */
import type { Document, Mention } from "../core/document.js";
import { loadReleasedModel } from "./released-model.js";

/** What the process prints. */
interface TrialResult {
  /** For one document, once everything is warm. */
  readonly seconds: number;
}

const WORDS = 200;
const ENTITIES = 6;
/** A few rounds, of which the fastest counts: others disturbed it least. */
const ROUNDS = 3;
const ROUND_MILLIS = 350;

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
  const times: number[] = [];
  // As a stream, so that a card gets as many at once as it likes; the first round only warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    const began = performance.now();
    let answered = 0;
    for await (const { predictions } of classifier.predictAll(again(document))) {
      answered += Number(predictions.length > 0);
    }
    if (round > 0) times.push((performance.now() - began) / answered);
  }
  await classifier.dispose();
  return Math.min(...times) / 1000;
}

/** The document again and again until a round is over. */
function* again(document: Document): Generator<Document> {
  const end = performance.now() + ROUND_MILLIS;
  do yield document;
  while (performance.now() < end);
}

const [dir = "", engine = ""] = process.argv.slice(2);
const result: TrialResult = { seconds: await secondsADocument(dir, engine) };
process.stdout.write(`${JSON.stringify(result)}\n`);
