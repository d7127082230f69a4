/** Reads the saved questions with their last answers. */
import {
  type StandingAnswer,
  type StandingQuestion,
  standingAnswerShape,
  standingQuestionShape,
} from "../../core/standing-question.js";
import type { Database } from "../neo4j/database.js";

/** A saved question, and what it was answered last. */
export interface SavedQuestion {
  readonly question: StandingQuestion;
  readonly answer?: StandingAnswer;
}

/** All of them, the oldest first. */
export async function readStandingQuestions(database: Database): Promise<SavedQuestion[]> {
  const rows = await database.read("standing-questions", {});
  const saved = rows.map((row): SavedQuestion => {
    const question = standingQuestionShape.parse(JSON.parse(String(row["record"])));
    if (row["answer"] === null) return { question };
    return { question, answer: standingAnswerShape.parse(JSON.parse(String(row["answer"]))) };
  });
  return saved.sort((a, b) => a.question.savedAtMillis - b.question.savedAtMillis);
}
