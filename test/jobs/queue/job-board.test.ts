/** The board's promises: no lost last event, the present state for who comes late, nothing kept for who leaves. */
import { expect, test } from "vitest";
import type { ExtractionJob, JobStage } from "../../../src/core/extraction-job.js";
import { JobBoard } from "../../../src/jobs/queue/job-board.js";
import { aJob as anyJob } from "../../support/jobs.js";

/** Each is told after those that were made before it. */
let time = 0;

function aJob(stage: JobStage, id = "1"): ExtractionJob {
  time += 1;
  return { ...anyJob({ id, stage }), updatedAtMillis: time };
}

async function stagesOf(feed: AsyncIterable<ExtractionJob>): Promise<JobStage[]> {
  const stages: JobStage[] = [];
  for await (const job of feed) stages.push(job.stage);
  return stages;
}

const nobody = () => Promise.resolve(undefined);

test("a follower gets the present state, every change and the end, however slowly it reads", async () => {
  const board = new JobBoard();
  board.publish(aJob("FETCHED"));
  const iterator = board.follow("1", nobody)[Symbol.asyncIterator]();
  expect((await iterator.next()).value?.stage).toBe("FETCHED");
  board.publish(aJob("ANNOTATED"));
  board.publish(aJob("SCORED"));
  board.publish(aJob("WRITTEN"));
  expect((await iterator.next()).value?.stage).toBe("ANNOTATED");
  expect((await iterator.next()).value?.stage).toBe("SCORED");
  expect((await iterator.next()).value?.stage).toBe("WRITTEN");
  expect((await iterator.next()).done).toBe(true);
});

test("a job that ended before it was followed is given once", async () => {
  const board = new JobBoard();
  board.publish(aJob("QUEUED"));
  const feed = board.follow("1", () => Promise.resolve(aJob("WRITTEN")));
  board.publish(aJob("WRITTEN"));
  expect(await stagesOf(feed)).toEqual(["WRITTEN"]);
});

test("each follower has its own place", async () => {
  const board = new JobBoard();
  board.publish(aJob("QUEUED"));
  const both = Promise.all([stagesOf(board.follow("1", nobody)), stagesOf(board.follow("1", nobody))]);
  await Promise.resolve();
  board.publish(aJob("FETCHED"));
  board.publish(aJob("FAILED"));
  expect(await both).toEqual([
    ["QUEUED", "FETCHED", "FAILED"],
    ["QUEUED", "FETCHED", "FAILED"],
  ]);
  expect(board.followers).toBe(0);
});

test("who leaves while waiting is let go at once and leaves nothing behind", async () => {
  const board = new JobBoard();
  board.publish(aJob("QUEUED"));
  const iterator = board.follow("1", nobody)[Symbol.asyncIterator]();
  await iterator.next();
  const waiting = iterator.next();
  await Promise.resolve();
  await iterator.return?.();
  expect((await waiting).done).toBe(true);
  expect(board.followers).toBe(0);
});

test("a feed that nobody reads is not kept, and closing ends those that are read", async () => {
  const board = new JobBoard();
  board.publish(aJob("QUEUED"));
  board.follow("1", nobody);
  expect(board.followers).toBe(0);
  const stages = stagesOf(board.follow("1", nobody));
  await Promise.resolve();
  expect(board.followers).toBe(1);
  board.close();
  expect(await stages).toEqual(["QUEUED"]);
});
