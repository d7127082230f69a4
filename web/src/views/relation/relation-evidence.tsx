/**
 * The evidence of a relation, paper by paper, each with what it adds to the belief.
 */
import {
  type GraphEvidenceFragment,
  type GraphRelationFragment,
  type SourceKind,
  WebRelationEvidenceDocument,
  type WebRelationEvidenceQuery,
} from "../../../generated/documents.js";
import { EvidenceCard } from "../../evidence/evidence-card.js";
import { distinctPapers } from "../../files/citations.js";
import type { Column } from "../../files/table-text.js";
import { TableTools } from "../../files/table-tools.js";
import { allRows, usePages } from "../../graphql/use-pages.js";
import { listParam, numberParam, setParams } from "../../navigation/place.js";
import { Choices } from "../../shell/choices.js";
import { More } from "../../shell/more.js";
import { Asking, Failed } from "../../shell/states.js";
import { counted } from "../../words/numbers.js";
import { SOURCE_KINDS, SOURCE_WORDS } from "../../words/vocabulary.js";
import { BeliefLadder } from "./belief-ladder.js";

const COLUMNS: readonly Column<GraphEvidenceFragment>[] = [
  { name: "pmid", value: (row) => row.pmid },
  { name: "year", value: (row) => row.year },
  { name: "journal", value: (row) => row.publication.journal },
  { name: "title", value: (row) => row.publication.title },
  { name: "retracted", value: (row) => row.publication.retracted },
  { name: "source_kind", value: (row) => row.sourceKind },
  { name: "source", value: (row) => row.source },
  { name: "probability", value: (row) => row.probability },
  { name: "negated", value: (row) => row.negated },
  { name: "novel", value: (row) => row.novelty?.novel },
  { name: "acts", value: (row) => row.subject?.curie },
  { name: "sentence", value: (row) => row.sentence },
  { name: "evidence_id", value: (row) => row.id },
];

/** The evidence and how it makes the belief. */
export function RelationEvidence({
  id,
  relation,
}: {
  readonly id: string;
  readonly relation: GraphRelationFragment;
}) {
  const question = {
    document: WebRelationEvidenceDocument,
    variables: { id, asOf: numberParam("asOf") ?? null },
    pick: (data: WebRelationEvidenceQuery) => data.relation?.evidence,
  };
  const list = usePages(question);
  const kinds = listParam("sources", SOURCE_KINDS);
  const shown = list.rows.filter(({ sourceKind }) => kinds.length === 0 || kinds.includes(sourceKind));
  return (
    <section aria-labelledby="evidence">
      {!list.hasMore && <BeliefLadder rows={list.rows} belief={relation.belief} />}
      <div class="list-head">
        <h2 id="evidence">
          What the papers say
          {list.total !== undefined && (
            <span class="muted"> {counted(list.total, "piece of evidence", "pieces of evidence")}</span>
          )}
        </h2>
        <TableTools
          title={`evidence ${relation.subject.name} ${relation.object.name}`}
          document={question.document}
          variables={question.variables}
          columns={COLUMNS}
          all={(progress, signal) => allRows(question, progress, signal)}
          papers={distinctPapers}
        />
      </div>
      <SourceChoices rows={list.rows} chosen={kinds} />
      {list.state === "asking" && <Asking what="the evidence" />}
      {list.rows.length === 0 && list.fault !== undefined && <Failed fault={list.fault} again={list.more} />}
      <div class="evidence-list">
        {shown.map((row) => (
          <EvidenceCard key={row.id} evidence={row} first={relation.subject.curie} />
        ))}
      </div>
      {list.rows.length > 0 && <More list={list} />}
    </section>
  );
}

/** Asserted, extracted and curated evidence apart. */
function SourceChoices(props: {
  readonly rows: readonly GraphEvidenceFragment[];
  readonly chosen: readonly SourceKind[];
}) {
  const counts = new Map<SourceKind, number>();
  for (const { sourceKind } of props.rows) counts.set(sourceKind, (counts.get(sourceKind) ?? 0) + 1);
  const options = SOURCE_KINDS.filter((kind) => counts.has(kind)).map((value) => ({
    value,
    ...SOURCE_WORDS[value],
    count: counts.get(value),
  }));
  return (
    <Choices
      legend="Said by"
      options={options}
      chosen={props.chosen}
      onChange={(chosen) => setParams({ sources: chosen.join(",") })}
    />
  );
}
