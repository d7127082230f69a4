// Jobs in the order in which they are done (`waiting`: absent from those that are ended or paused), listed by when they
// were submitted, and their rate by when they ended. Every statement may run again after a kill.
CREATE CONSTRAINT extraction_worker_id IF NOT EXISTS FOR (w:ExtractionWorker) REQUIRE w.id IS UNIQUE;
CREATE INDEX extraction_job_waiting IF NOT EXISTS FOR (j:ExtractionJob) ON (j.model, j.waiting);
CREATE INDEX extraction_job_submitted IF NOT EXISTS FOR (j:ExtractionJob) ON (j.submittedAtMillis);
CREATE INDEX extraction_job_ended IF NOT EXISTS FOR (j:ExtractionJob) ON (j.endedAtMillis);
MATCH (j:ExtractionJob)
WHERE j.priority IS NULL AND j.submittedAtMillis IS NOT NULL
CALL (j) {
  SET j.priority = 'INTERACTIVE', j.isPaused = false,
      j.waiting = CASE WHEN j.stage IN ['WRITTEN', 'FAILED', 'CANCELLED'] THEN null ELSE j.submittedAtMillis END
} IN TRANSACTIONS OF 1000 ROWS;
