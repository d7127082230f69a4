/**
 * The columns of the queue in files.
 */
import type { Column } from "../../files/table-text.js";
import type { Task } from "./use-queue.js";

/** A row that waits, with the relation that it supports. */
export const QUEUE_COLUMNS: readonly Column<Task>[] = [
  { name: "place", value: ({ place }) => place },
  { name: "expected_change", value: ({ expectedChange }) => expectedChange },
  { name: "subject", value: ({ evidence }) => evidence.relation.subject.curie },
  { name: "subject_name", value: ({ evidence }) => evidence.relation.subject.name },
  { name: "relation_type", value: ({ evidence }) => evidence.relation.type },
  { name: "object", value: ({ evidence }) => evidence.relation.object.curie },
  { name: "object_name", value: ({ evidence }) => evidence.relation.object.name },
  { name: "belief", value: ({ evidence }) => evidence.relation.belief },
  { name: "probability", value: ({ evidence }) => evidence.probability },
  { name: "source", value: ({ evidence }) => evidence.source },
  { name: "pmid", value: ({ evidence }) => evidence.pmid },
  { name: "sentence", value: ({ evidence }) => evidence.sentence },
  { name: "evidence_id", value: ({ evidence }) => evidence.id },
];
