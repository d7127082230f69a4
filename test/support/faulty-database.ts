/**
 * A real database whose connection breaks where a test wants it: before a statement of a transaction is sent, which
 * undoes the transaction, or after the transaction was committed, so that only the answer is lost.
 */
import { BioWeftError } from "../../src/core/errors.js";
import type { Database, Params } from "../../src/graph/neo4j/database.js";

/** Where it breaks. */
export interface Breakage {
  /** The fault of a read, where it is to have one. */
  read?: (statement: string) => Error | undefined;
  /** Asked before each statement of a transaction. */
  before?: (statement: string, params: Params) => boolean;
  /** Asked after each commit, with the statements that were run. */
  afterCommit?: (statements: readonly string[]) => boolean;
}

/** The database, breaking as `breakage` says at the time. */
export function faultyDatabase(database: Database, breakage: Breakage): Database {
  const broken = () => new BioWeftError("DATABASE", "the connection broke");
  return {
    async read(statement, ...rest) {
      const fault = breakage.read?.(statement);
      if (fault !== undefined) throw fault;
      return database.read(statement, ...rest);
    },
    write: (...args) => database.write(...args),
    stream: (...args) => database.stream(...args),
    runText: (...args) => database.runText(...args),
    onQuery: (listener) => database.onQuery(listener),
    answers: (withinMillis) => database.answers(withinMillis),
    close: () => database.close(),
    async transact(work, options) {
      const statements: string[] = [];
      const result = await database.transact((transaction) => {
        const run = (statement: string, params: Params) => {
          statements.push(statement);
          if (breakage.before?.(statement, params) === true) throw broken();
          return transaction.run(statement, params);
        };
        return work({ run });
      }, options);
      if (breakage.afterCommit?.(statements) === true) throw broken();
      return result;
    },
  };
}
