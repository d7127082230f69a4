/** Saves questions that stand, forgets them, and keeps their answers. None of it raises the graph's version. */
import type { StandingAnswer, StandingQuestion } from "../../core/standing-question.js";
import type { Database } from "../neo4j/database.js";

/** Saves a question. */
export async function writeStandingQuestion(database: Database, question: StandingQuestion): Promise<void> {
  await database.write("save-standing-question", { id: question.id, record: JSON.stringify(question) });
}

/** Forgets a question; false where there was none. */
export async function removeStandingQuestion(database: Database, id: string): Promise<boolean> {
  const [row] = await database.write("remove-standing-question", { id });
  return Number(row?.["removed"]) > 0;
}

/** Keeps an answer, unless one of a later version is kept. */
export async function writeStandingAnswer(
  database: Database,
  id: string,
  answer: StandingAnswer,
): Promise<void> {
  const { version } = answer;
  await database.write("record-standing-answer", { id, version, answer: JSON.stringify(answer) });
}
