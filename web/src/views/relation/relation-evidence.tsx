/**
 * The evidence of a relation, row by row, of all sources or of some.
 */
import {
  type GraphEvidenceFragment,
  type GraphRelationFragment,
  WebRelationEvidenceDocument,
  type WebRelationEvidenceQuery,
  type WebRelationQuery,
} from "../../../generated/documents.js";
import { EvidenceCard } from "../../evidence/evidence-card.js";
import { distinctPapers } from "../../files/citations.js";
import type { Column } from "../../files/table-text.js";
import { TableTools } from "../../files/table-tools.js";
import { allRows, usePages } from "../../graphql/use-pages.js";
import { numberParam, param, setParams } from "../../navigation/place.js";
import { Choices } from "../../shell/choices.js";
import { More } from "../../shell/more.js";
import { Asking, Failed } from "../../shell/states.js";
import { counted } from "../../words/numbers.js";
import { SOURCE_WORDS } from "../../words/vocabulary.js";

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

type Group = NonNullable<WebRelationQuery["relation"]>["evidenceGroups"][number];

/** The evidence, of all sources or of those that are chosen. */
export function RelationEvidence(props: {
  readonly id: string;
  readonly relation: GraphRelationFragment;
  readonly groups: readonly Group[];
}) {
  const { id, relation, groups } = props;
  const sources = param("sources")?.split(",") ?? [];
  const chosen = groups.map(({ source }) => source).filter((source) => sources.includes(source));
  const question = {
    document: WebRelationEvidenceDocument,
    variables: {
      id,
      filter: chosen.length > 0 ? { sources: chosen } : null,
      asOf: numberParam("asOf") ?? null,
    },
    pick: (data: WebRelationEvidenceQuery) => data.relation?.evidence,
  };
  const list = usePages(question);
  return (
    <section aria-labelledby="evidence">
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
      <SourceChoices groups={groups} chosen={chosen} />
      {list.state === "asking" && <Asking what="the evidence" />}
      {list.rows.length === 0 && list.fault !== undefined && <Failed fault={list.fault} again={list.more} />}
      <div class="evidence-list">
        {list.rows.map((row) => (
          <EvidenceCard key={row.id} evidence={row} first={relation.subject.curie} />
        ))}
      </div>
      {list.rows.length > 0 && <More list={list} />}
    </section>
  );
}

/** Asserted, extracted and curated evidence apart, by who says so. */
function SourceChoices(props: { readonly groups: readonly Group[]; readonly chosen: readonly string[] }) {
  const options = props.groups.map(({ source, sourceKind, count }) => ({
    value: source,
    label: `${SOURCE_WORDS[sourceKind].label}: ${source}`,
    meaning: SOURCE_WORDS[sourceKind].meaning,
    count,
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
