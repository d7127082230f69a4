/**
 * Who judged what, the latest first: all of it, a curator's, a paper's, or only what still holds. All of the filter is in
 * the address.
 */
import { WebCurationsDocument, type WebCurationsQuery } from "../../../generated/documents.js";
import { useCurator } from "../../curation/curator.js";
import { CuratorBar } from "../../curation/curator-bar.js";
import { useJudging } from "../../curation/use-judging.js";
import { EntityLink, RelationBadge } from "../../evidence/badges.js";
import { Sentence } from "../../evidence/sentence.js";
import type { Column } from "../../files/table-text.js";
import { TableTools } from "../../files/table-tools.js";
import { allRows, usePages } from "../../graphql/use-pages.js";
import { publicationHref } from "../../navigation/addresses.js";
import { hrefTo, param, setParams } from "../../navigation/place.js";
import { More } from "../../shell/more.js";
import { Asking, Failed, Missing } from "../../shell/states.js";
import { counted } from "../../words/numbers.js";
import { JudgementLine } from "./judgement-line.js";

type Row = WebCurationsQuery["curations"]["nodes"][number];

const COLUMNS: readonly Column<Row>[] = [
  { name: "at", value: (row) => row.at },
  { name: "curator", value: (row) => row.curator },
  { name: "verdict", value: (row) => row.verdict },
  { name: "pmid", value: (row) => row.pmid },
  { name: "subject", value: (row) => row.relation?.subject.curie },
  { name: "relation_type", value: (row) => row.relation?.type },
  { name: "object", value: (row) => row.relation?.object.curie },
  { name: "corrected_type", value: (row) => row.correction?.type },
  { name: "corrected_subject", value: (row) => row.correction?.subject },
  { name: "corrected_object", value: (row) => row.correction?.object },
  { name: "acts", value: (row) => row.correction?.acts },
  { name: "comment", value: (row) => row.comment },
  { name: "ended_at", value: (row) => row.endedAt },
  { name: "ended_by", value: (row) => row.endedBy },
  { name: "sentence", value: (row) => row.evidence?.sentence },
  { name: "id", value: (row) => row.id },
];

/** The trail. */
export function AuditTrail() {
  const curator = useCurator();
  const judging = useJudging();
  const question = {
    document: WebCurationsDocument,
    variables: filterOfPlace(),
    pick: (data: WebCurationsQuery) => data.curations,
  };
  const isNamed = curator.isAllowed && curator.name !== "";
  const undo = (id: string) => void judging.undo(id, curator.name);
  const list = usePages(question);
  const isFiltering = Object.values(question.variables).some((value) => value !== null);
  return (
    <>
      {curator.isAllowed && curator.name === "" && (
        <CuratorBar curator={curator} field={null} onNamed={() => {}} />
      )}
      <TrailFilter />
      <div class="list-head">
        <h2>
          <span role="status">
            {list.total === undefined ? "Judgements" : counted(list.total, "judgement")}
          </span>
        </h2>
        <TableTools
          title="audit trail"
          document={question.document}
          variables={question.variables}
          columns={COLUMNS}
          all={(progress, signal) => allRows(question, progress, signal)}
        />
      </div>
      {judging.fault !== undefined && <Failed fault={judging.fault} />}
      {list.state === "asking" && <Asking what="the audit trail" />}
      {list.rows.length === 0 && list.fault !== undefined && <Failed fault={list.fault} again={list.more} />}
      {list.rows.length === 0 && list.state === "ready" && <Nothing isFiltering={isFiltering} />}
      <ul class="plain">
        {list.rows.map((row) => (
          <JudgementLine key={row.id} entry={row} onUndo={isNamed ? () => undo(row.id) : undefined}>
            <About row={row} />
          </JudgementLine>
        ))}
      </ul>
      {list.rows.length > 0 && <More list={list} />}
    </>
  );
}

function filterOfPlace() {
  const held = param("held");
  return {
    curator: param("curator") ?? null,
    pmid: param("pmid") ?? null,
    held: held === "yes" ? true : held === "no" ? false : null,
  };
}

/** What was judged. */
function About({ row: { relation, evidence, pmid } }: { readonly row: Row }) {
  if (relation == null || evidence == null)
    return <p class="muted">What was judged is gone from the graph.</p>;
  return (
    <>
      <p class="pair">
        <EntityLink entity={relation.subject} /> <RelationBadge type={relation.type} />{" "}
        <EntityLink entity={relation.object} /> <a href={publicationHref(pmid)}>PMID {pmid}</a>{" "}
        <a href={hrefTo("/curate", { evidence: evidence.id })}>Judge it again</a>
      </p>
      <Sentence evidence={evidence} first={relation.subject.curie} />
    </>
  );
}

function Nothing({ isFiltering }: { readonly isFiltering: boolean }) {
  if (!isFiltering) {
    return (
      <Missing
        what="Nobody has judged anything yet."
        cure={<a href={hrefTo("/curate")}>Begin with the queue</a>}
      />
    );
  }
  return <Missing what="No judgement passes the filter." cure="Empty its fields to see all of them." />;
}

function TrailFilter() {
  return (
    <form class="question" aria-label="Which judgements" onSubmit={(event) => event.preventDefault()}>
      <TextField name="curator" label="by the curator" />
      <TextField name="pmid" label="of the PMID" />
      <label class="number-field">
        that
        <select
          value={param("held") ?? ""}
          onChange={(event) => setParams({ held: event.currentTarget.value })}
        >
          <option value="">hold, or were taken back</option>
          <option value="yes">still hold</option>
          <option value="no">were taken back or replaced</option>
        </select>
      </label>
    </form>
  );
}

function TextField({ name, label }: { readonly name: string; readonly label: string }) {
  return (
    <label class="number-field">
      {label}
      <input
        type="text"
        value={param(name) ?? ""}
        onChange={(event) => setParams({ [name]: event.currentTarget.value.trim() })}
      />
    </label>
  );
}
