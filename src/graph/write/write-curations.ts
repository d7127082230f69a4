/**
 * Writes what curators judge: as evidence of their own beside what they judged, so that belief follows at once, and into the
 * audit trail. One transaction a judgement.
 */
import { randomUUID } from "node:crypto";
import type { Curation } from "../../core/curation/curation.js";
import { relationId } from "../../core/evidence.js";
import type { Database, Row, WriteTransaction } from "../neo4j/database.js";
import type { ClaimRow } from "../read/read-curations.js";
import { noteChange } from "./note-change.js";
import { updateRelations } from "./write-relations.js";

/** A judgement to write. */
type Judgement = Pick<Curation, "verdict" | "curator" | "comment" | "correction">;

/** Writes a judgement in the place of the curator's last on the same claim, and gives its id. */
export async function writeCuration(
  database: Database,
  claim: ClaimRow,
  judgement: Judgement,
): Promise<string> {
  const id = randomUUID();
  const at = Date.now();
  const { relation, rows } = judged(claim, judgement);
  await database.transact(async (transaction) => {
    await transaction.run("lock-papers", { pmids: [claim.pmid] });
    const { document, relation: claimed } = claim;
    const { verdict, curator, comment, correction } = judgement;
    const last = { id: null, document, relation: claimed, curator, by: curator, at };
    const ended = await end(transaction, last, [claimed]);
    await transaction.run("write-relations", { rows: [relation] });
    await transaction.run("write-evidence", { rows });
    await settle(transaction, [...ended, ...rows.map((row) => String(row["relation"]))]);
    await transaction.run("write-curation", {
      ...{
        id,
        evidence: claim.id,
        relation: claimed,
        document,
        pmid: claim.pmid,
        verdict,
        curator,
        comment,
        at,
      },
      correction: correction === null ? null : JSON.stringify(correction),
      made: rows.map((row) => row["id"]),
    });
  });
  return id;
}

/** Undoes a judgement; gives whether there was one that held. */
export async function undoCuration(database: Database, id: string, by: string): Promise<boolean> {
  return database.transact(async (transaction) => {
    const [known] = await transaction.run("paper-of-curation", { id });
    if (known === undefined) return false;
    await transaction.run("lock-papers", { pmids: [String(known["pmid"])] });
    const none = { document: null, relation: null, curator: null };
    const touched = await end(transaction, { id, ...none, by, at: Date.now() }, []);
    if (touched.length > 0) await settle(transaction, touched);
    return touched.length > 0;
  });
}

/** Ends judgements and takes away what they made; takes and gives the relations that this touches, and others. */
async function end(transaction: WriteTransaction, which: Row, others: readonly string[]): Promise<string[]> {
  const ended = await transaction.run("end-curations", which);
  const made = ended.flatMap((row) => row["made"] as string[]);
  const touched = [...ended.map((row) => String(row["relation"])), ...made.map(relationOfRow)];
  const ids = [...new Set([...touched, ...others])].sort();
  if (ids.length > 0) await transaction.run("lock-relations", { ids });
  if (made.length > 0) await transaction.run("remove-evidence", { ids: made });
  return touched;
}

/** Belief, and whoever keeps a copy of the graph, follow. */
async function settle(transaction: WriteTransaction, touched: readonly string[]): Promise<void> {
  const relations = [...new Set(touched)].sort();
  await updateRelations(transaction, relations);
  await noteChange(transaction, relations);
}

/** The rows of evidence that a judgement makes, and the relation that they may need. */
function judged(claim: ClaimRow, { verdict, curator, correction }: Judgement) {
  const { type = claim.type, subject = claim.subjectEnd, object = claim.objectEnd } = correction ?? {};
  const [first, second] = subject < object ? [subject, object] : [object, subject];
  const relation = { id: relationId(first, second, type), type, subject: first, object: second };
  const row = (of: string, negated: boolean): Row => ({
    ...{ id: [claim.document, of, `curator:${curator}`].join(ROW_SEPARATOR), relation: of, negated },
    ...{ pmid: claim.pmid, document: claim.document, corpus: claim.corpus, sentence: claim.sentence },
    ...{ start: claim.start, end: claim.end, mentions: claim.mentions, year: claim.year },
    ...{ probability: 1, sourceKind: "curator", source: curator, novel: null, noveltyProbability: null },
    subject: correction?.acts ?? null,
    subjectProbability: negated || correction?.acts === undefined ? null : 1,
  });
  const isMoved = verdict === "correct" && relation.id !== claim.relation;
  const denied = verdict === "reject" || isMoved ? [row(claim.relation, true)] : [];
  const affirmed =
    verdict === "reject" ? [] : [row(verdict === "correct" ? relation.id : claim.relation, false)];
  const own = { id: claim.relation, type: claim.type, subject: claim.subjectEnd, object: claim.objectEnd };
  return { relation: verdict === "correct" ? relation : own, rows: [...denied, ...affirmed] };
}

const ROW_SEPARATOR = "||";

/** The relation in a row's id, which stands between its document and its curator. */
function relationOfRow(id: string): string {
  return id.slice(id.indexOf(ROW_SEPARATOR) + ROW_SEPARATOR.length, id.lastIndexOf(ROW_SEPARATOR));
}
