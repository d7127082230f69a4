/** What a curator's page does, as a client of the API: submits a paper, follows it, reads its relations; and asks for health. */
import { setTimeout } from "node:timers/promises";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { z } from "zod";
import { BioWeftError } from "../../../core/errors.js";

const SUBMIT =
  "mutation ($pmid: String!) { extractPublication(pmid: $pmid) { __typename ... on ExtractionJob { id } } }";
const SUBMIT_MANY =
  "mutation ($pmids: [String!]!) { extractPublications(pmids: $pmids, priority: INTERACTIVE) }";
const CANCEL = "mutation ($id: ID!) { cancelExtraction(id: $id) { stage } }";
const FOLLOW = "subscription ($id: ID!) { extractionProgress(id: $id) { stage pairs pairsScored } }";
const READ =
  "query ($pmid: String!) { publication(pmid: $pmid) { evidence(first: 5) { totalCount nodes { sentence relation { type } } } } }";
const COUNT = "{ extractionQueue { stages { stage count } } graphStats { publications } }";

const submitted = z.object({ extractPublication: z.object({ id: z.string() }) });
const cancelled = z.object({ cancelExtraction: z.object({ stage: z.string() }) });
const event = z.object({
  extractionProgress: z.object({ stage: z.string(), pairs: z.number(), pairsScored: z.number() }),
});
const read = z.object({ publication: z.object({ evidence: z.object({ totalCount: z.number() }) }) });
const counted = z.object({
  extractionQueue: z.object({ stages: z.array(z.object({ stage: z.string(), count: z.number() })) }),
  graphStats: z.object({ publications: z.number() }),
});
const answered = z.object({
  data: z.unknown(),
  errors: z.optional(z.array(z.object({ message: z.string() }))),
});

/** One paper from its PMID to its relations. */
interface LiveRun {
  readonly millis: number;
  readonly relations: number;
  /** Whether a number of scored pairs between none and all was told. */
  readonly grew: boolean;
}

/** Answers of `/health`. */
export interface Health {
  readonly millis: readonly number[];
  /** Those that were not 200, or did not come. */
  readonly bad: number;
}

/** A client of the server at `url`. */
export class LiveClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Submits a paper, follows it to its end and reads its relations, as fast as it goes. Throws INTERNAL where it is not written. */
  async extract(pmid: number): Promise<LiveRun> {
    const began = performance.now();
    const { id } = submitted.parse(await this.#ask(SUBMIT, { pmid: String(pmid) })).extractPublication;
    const events = await this.#follow(id);
    if (events.at(-1)?.stage !== "WRITTEN")
      throw new BioWeftError("INTERNAL", `the extraction ended as ${events.at(-1)?.stage}`, {
        place: { pmid: String(pmid) },
      });
    const { publication } = read.parse(await this.#ask(READ, { pmid: String(pmid) }));
    const millis = performance.now() - began;
    const isOrdered = events.every(
      ({ pairsScored }, index) => pairsScored >= (events[index - 1]?.pairsScored ?? 0),
    );
    if (!isOrdered) throw new BioWeftError("INTERNAL", "the pairs that were told as scored became fewer");
    const grew = events.some(({ pairs, pairsScored }) => pairsScored > 0 && pairsScored < pairs);
    return { millis, relations: publication.evidence.totalCount, grew };
  }

  /** Submits a paper, cancels it after a wait, and gives how long cancelling took; undefined where it had ended before. */
  async cancel(pmid: number, afterMillis: number): Promise<number | undefined> {
    const { id } = submitted.parse(await this.#ask(SUBMIT, { pmid: String(pmid) })).extractPublication;
    await setTimeout(afterMillis);
    const began = performance.now();
    const { cancelExtraction } = cancelled.parse(await this.#ask(CANCEL, { id }));
    return cancelExtraction.stage === "CANCELLED" ? performance.now() - began : undefined;
  }

  /** Submits many at once, each as if somebody waited for it. */
  async submitMany(pmids: readonly number[]): Promise<void> {
    await this.#ask(SUBMIT_MANY, { pmids: pmids.map(String) });
  }

  /** Extractions in each stage, and papers in the graph. */
  async counts(): Promise<{ readonly stages: ReadonlyMap<string, number>; readonly publications: number }> {
    const { extractionQueue, graphStats } = counted.parse(await this.#ask(COUNT, {}));
    return {
      stages: new Map(extractionQueue.stages.map(({ stage, count }) => [stage, count])),
      publications: graphStats.publications,
    };
  }

  /** Asks for health every `everyMillis` until told to stop; gives how long each answer took, in milliseconds. */
  async watchHealth(everyMillis: number, signal: AbortSignal): Promise<Health> {
    const millis: number[] = [];
    let bad = 0;
    while (!signal.aborted) {
      const began = performance.now();
      const isGood = await fetch(`${this.#url}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (!isGood) bad += 1;
      millis.push(performance.now() - began);
      await setTimeout(everyMillis, undefined, { signal }).catch(() => undefined);
    }
    return { millis, bad };
  }

  async #follow(id: string) {
    const client = createClient({
      url: `${this.#url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
    });
    try {
      const events = [];
      for await (const { data } of client.iterate({ query: FOLLOW, variables: { id } }))
        events.push(event.parse(data).extractionProgress);
      return events;
    } finally {
      await client.dispose();
    }
  }

  async #ask(query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
    const response = await fetch(`${this.#url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = answered.parse(await response.json());
    if (errors === undefined) return data;
    throw new BioWeftError("INTERNAL", `the server refused: ${errors[0]?.message}`);
  }
}
