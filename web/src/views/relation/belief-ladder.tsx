/**
 * The belief of a relation worked out paper by paper, as the API decomposes it: what each paper leaves of the doubt.
 */
import { WebRelationBeliefDocument, type WebRelationBeliefQuery } from "../../../generated/documents.js";
import { SourceBadge } from "../../evidence/badges.js";
import { BeliefBar } from "../../evidence/belief-bar.js";
import type { Column } from "../../files/table-text.js";
import { TableTools } from "../../files/table-tools.js";
import { allRows, usePages } from "../../graphql/use-pages.js";
import { publicationHref } from "../../navigation/addresses.js";
import { numberParam } from "../../navigation/place.js";
import { More } from "../../shell/more.js";
import { Asking, Failed } from "../../shell/states.js";
import { shareText } from "../../words/numbers.js";

type Paper = NonNullable<WebRelationBeliefQuery["relation"]>["beliefByPaper"]["nodes"][number];

const COLUMNS: readonly Column<Paper>[] = [
  { name: "pmid", value: ({ publication }) => publication.pmid },
  { name: "year", value: ({ publication }) => publication.year },
  { name: "source_kind", value: ({ evidence }) => evidence.sourceKind },
  { name: "source", value: ({ evidence }) => evidence.source },
  { name: "probability", value: ({ evidence }) => evidence.probability },
  { name: "reliability", value: ({ evidence }) => evidence.reliability },
  { name: "weight", value: ({ weight }) => weight },
];

/** Heights of the table's parts, and of how many rows the place is kept. */
const HEAD_REM = 2;
const RUNG_REM = 2.15;
const MOST_KEPT = 25;

/** The table, from the paper that adds most on. */
export function BeliefLadder(props: {
  readonly id: string;
  readonly belief: number;
  /** How many papers there are; their place is kept while they are asked for. */
  readonly papers: number;
}) {
  const { id, belief, papers } = props;
  const question = {
    document: WebRelationBeliefDocument,
    variables: { id, asOf: numberParam("asOf") ?? null },
    pick: (data: WebRelationBeliefQuery) => data.relation?.beliefByPaper,
  };
  const list = usePages(question);
  return (
    <details class="ladder" open>
      <summary>How the belief of {shareText(belief)} comes about</summary>
      <p class="muted">
        Each paper counts once, by its best evidence: how probable it is, times how reliable such a source is.
        Belief is one minus the product of what each paper leaves in doubt. Retracted papers and denials count
        nothing.
      </p>
      <TableTools
        title="belief by paper"
        document={question.document}
        variables={question.variables}
        columns={COLUMNS}
        all={(progress, signal) => allRows(question, progress, signal)}
      />
      {list.rows.length === 0 && list.fault !== undefined && <Failed fault={list.fault} again={list.more} />}
      <div style={{ minHeight: `${HEAD_REM + RUNG_REM * Math.min(papers, MOST_KEPT)}rem` }}>
        {list.state === "asking" && <Asking what="what each paper adds" rows={1} />}
        {list.rows.length > 0 && <Rungs papers={list.rows} />}
      </div>
      {list.hasMore && <More list={list} />}
    </details>
  );
}

function Rungs({ papers }: { readonly papers: readonly Paper[] }) {
  let doubt = 1;
  return (
    <div class="table-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Paper</th>
            <th scope="col">Best evidence</th>
            <th scope="col">Probability × reliability</th>
            <th scope="col">Belief with it</th>
          </tr>
        </thead>
        <tbody>
          {papers.map((paper) => {
            doubt *= 1 - paper.weight;
            return <Rung key={paper.publication.pmid} paper={paper} soFar={1 - doubt} />;
          })}
        </tbody>
      </table>
    </div>
  );
}

function Rung({ paper, soFar }: { readonly paper: Paper; readonly soFar: number }) {
  const { evidence, weight, publication } = paper;
  const why = publication.retracted ? "retracted: counts nothing" : "denied: counts nothing";
  return (
    <tr>
      <td>
        <a href={publicationHref(publication.pmid)} title={publication.title}>
          {publication.journal ?? "PMID"} {publication.year ?? publication.pmid}
        </a>
      </td>
      <td>
        <SourceBadge kind={evidence.sourceKind} source={evidence.source} />
      </td>
      <td class="number">
        {weight === 0
          ? why
          : `${shareText(evidence.probability)} × ${shareText(evidence.reliability)} = ${shareText(weight)}`}
      </td>
      <td>
        <BeliefBar value={soFar} />
      </td>
    </tr>
  );
}
