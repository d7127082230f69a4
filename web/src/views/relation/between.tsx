/**
 * What else is said between the same two: contradictions side by side, then the other relations.
 */
import {
  type GraphRelationFragment,
  WebBetweenDocument,
  type WebBetweenQuery,
  type WebRelationQuery,
} from "../../../generated/documents.js";
import { RelationBadge } from "../../evidence/badges.js";
import { BeliefBar } from "../../evidence/belief-bar.js";
import { EvidenceCard } from "../../evidence/evidence-card.js";
import { useAnswer } from "../../graphql/use-answer.js";
import { relationHref } from "../../navigation/addresses.js";
import { numberParam } from "../../navigation/place.js";
import { counted } from "../../words/numbers.js";

type Row = NonNullable<WebBetweenQuery["entity"]>["relations"]["nodes"][number];
type Against = NonNullable<WebRelationQuery["relation"]>["contradictions"];

/** Drawn only where there is something; `against` asserts the opposite. */
export function Between(props: { readonly relation: GraphRelationFragment; readonly against: Against }) {
  const { relation, against } = props;
  const { subject, object, id } = relation;
  const asOf = numberParam("asOf") ?? null;
  const answer = useAnswer(WebBetweenDocument, { from: subject.curie, to: object.curie, asOf });
  const rows = answer.state === "ready" ? (answer.data.entity?.relations.nodes ?? []) : [];
  // As of a year an object has another id than today's: type tells relations of the same two apart.
  const own = rows.find(({ type }) => type === relation.type);
  const others = rows.filter(
    (row) => row.id !== id && row !== own && against.every(({ type }) => type !== row.type),
  );
  return (
    <>
      {against.length > 0 && own !== undefined && (
        <section class="contradiction" aria-labelledby="contradiction">
          <h2 id="contradiction">Contradicting papers, side by side</h2>
          <div class="columns">
            {[own, ...against].map((row) => (
              <Side key={row.id} row={row} first={subject.curie} />
            ))}
          </div>
        </section>
      )}
      {others.length > 0 && (
        <section aria-labelledby="others">
          <h2 id="others">Also said between the two</h2>
          <div class="columns">
            {others.map((row) => (
              <Side key={row.id} row={row} first={subject.curie} />
            ))}
          </div>
        </section>
      )}
    </>
  );
}

function Side({ row, first }: { readonly row: Row; readonly first: string }) {
  return (
    <div class="panel">
      <p class="side-head">
        <RelationBadge type={row.type} /> <BeliefBar value={row.belief} />{" "}
        <a href={relationHref(row.id)}>{counted(row.papers, "paper")}</a>
      </p>
      {row.evidence.nodes.map((evidence) => (
        <EvidenceCard key={evidence.id} evidence={evidence} first={first} />
      ))}
    </div>
  );
}
