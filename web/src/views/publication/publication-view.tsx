/**
 * A paper: what it says, sentence by sentence.
 */
import {
  WebPublicationDocument,
  WebPublicationEvidenceDocument,
  type WebPublicationEvidenceQuery,
  type WebPublicationQuery,
} from "../../../generated/documents.js";
import { EntityLink, RelationBadge } from "../../evidence/badges.js";
import { EvidenceCard } from "../../evidence/evidence-card.js";
import { TableTools } from "../../files/table-tools.js";
import { useAnswer } from "../../graphql/use-answer.js";
import { allRows, usePages } from "../../graphql/use-pages.js";
import { isPubmed, pubmedHref, relationHref } from "../../navigation/addresses.js";
import { usePlace } from "../../navigation/place.js";
import { useTitle } from "../../questions/kept-questions.js";
import { More } from "../../shell/more.js";
import { Answered, Asking, Failed, Missing } from "../../shell/states.js";
import { counted } from "../../words/numbers.js";
import { PaperText } from "./paper-text.js";

type Paper = NonNullable<WebPublicationQuery["publication"]>;
type Row = NonNullable<WebPublicationEvidenceQuery["publication"]>["evidence"]["nodes"][number];

const COLUMNS = [
  { name: "pmid", value: (row: Row) => row.pmid },
  { name: "subject", value: (row: Row) => row.relation.subject.curie },
  { name: "subject_name", value: (row: Row) => row.relation.subject.name },
  { name: "relation_type", value: (row: Row) => row.relation.type },
  { name: "object", value: (row: Row) => row.relation.object.curie },
  { name: "object_name", value: (row: Row) => row.relation.object.name },
  { name: "source", value: (row: Row) => row.source },
  { name: "probability", value: (row: Row) => row.probability },
  { name: "negated", value: (row: Row) => row.negated },
  { name: "sentence", value: (row: Row) => row.sentence },
];

/** The view; `name` is the PMID. */
export function PublicationView({ name }: { readonly name: string }) {
  usePlace();
  const answer = useAnswer(WebPublicationDocument, { pmid: name });
  const title = answer.state === "ready" ? answer.data.publication?.title : undefined;
  useTitle(title === "" ? `PMID ${name}` : title);
  return (
    <Answered answer={answer} what="the paper" rows={8}>
      {({ publication }) =>
        publication == null ? (
          <Missing
            what={`This graph has no paper with the PMID ${name}.`}
            cure="Extract it from its PMID to add it."
          />
        ) : (
          <>
            <PaperHead paper={publication} />
            <PaperText pmid={name} />
            <PaperEvidence pmid={name} />
          </>
        )
      }
    </Answered>
  );
}

function PaperHead({ paper }: { readonly paper: Paper }) {
  return (
    <header>
      <h1>{paper.title === "" ? `PMID ${paper.pmid}` : paper.title}</h1>
      <p class="entity-facts">
        <span>{[paper.journal, paper.year].filter((part) => part != null).join(", ")}</span>
        {isPubmed(paper.pmid) ? (
          <a href={pubmedHref(paper.pmid)} target="_blank" rel="noreferrer">
            PMID {paper.pmid} ↗
          </a>
        ) : (
          <span>a text that was pasted here</span>
        )}
        {paper.doi != null && (
          <a href={`https://doi.org/${paper.doi}`} target="_blank" rel="noreferrer">
            doi:{paper.doi} ↗
          </a>
        )}
      </p>
      {paper.retracted && (
        <p class="notice notice-bad">
          <strong>This paper was retracted.</strong> Its evidence counts nothing, and is shown so that you can
          see what it said.
        </p>
      )}
    </header>
  );
}

function PaperEvidence({ pmid }: { readonly pmid: string }) {
  const question = {
    document: WebPublicationEvidenceDocument,
    variables: { pmid },
    pick: (data: WebPublicationEvidenceQuery) => data.publication?.evidence,
  };
  const list = usePages(question);
  return (
    <section aria-labelledby="says">
      <div class="list-head">
        <h2 id="says">
          What it says{" "}
          {list.total !== undefined && (
            <span class="muted">{counted(list.total, "piece of evidence", "pieces of evidence")}</span>
          )}
        </h2>
        <TableTools
          title={`evidence of PMID ${pmid}`}
          document={question.document}
          variables={question.variables}
          columns={COLUMNS}
          all={(progress, signal) => allRows(question, progress, signal)}
        />
      </div>
      {list.state === "asking" && <Asking what="what it says" />}
      {list.rows.length === 0 && list.fault !== undefined && <Failed fault={list.fault} again={list.more} />}
      {list.rows.length === 0 && list.state === "ready" && (
        <Missing
          what="It relates nothing to anything."
          cure="Neither annotators nor the classifier found a relation in it."
        />
      )}
      {list.rows.map((row) => (
        <div key={row.id} class="paper-row">
          <p class="pair">
            <EntityLink entity={row.relation.subject} /> <RelationBadge type={row.relation.type} />{" "}
            <EntityLink entity={row.relation.object} />{" "}
            <a href={relationHref(row.relation.id)}>all {counted(row.relation.papers, "paper")}</a>
          </p>
          <EvidenceCard evidence={row} first={row.relation.subject.curie} />
        </div>
      ))}
      {list.rows.length > 0 && <More list={list} />}
    </section>
  );
}
