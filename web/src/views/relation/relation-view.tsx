/**
 * A relation: how its belief comes from its papers, what each of them says, and what contradicts it.
 */
import {
  type GraphRelationFragment,
  WebRelationDocument,
  type WebRelationQuery,
} from "../../../generated/documents.js";
import { EntityBadge, EntityLink, RelationBadge } from "../../evidence/badges.js";
import { BeliefBar } from "../../evidence/belief-bar.js";
import { useAnswer } from "../../graphql/use-answer.js";
import { numberParam, usePlace } from "../../navigation/place.js";
import { useTitle } from "../../questions/kept-questions.js";
import { Answered, Missing } from "../../shell/states.js";
import { counted, shareText, yearsText } from "../../words/numbers.js";
import { RELATION_WORDS } from "../../words/vocabulary.js";
import { BeliefLadder } from "./belief-ladder.js";
import { Between } from "./between.js";
import { RelationEvidence } from "./relation-evidence.js";

/** The view; `name` is the relation's id. */
export function RelationView({ name }: { readonly name: string }) {
  usePlace();
  const asOf = numberParam("asOf") ?? null;
  const answer = useAnswer(WebRelationDocument, { id: name, asOf });
  useTitle(answer.state === "ready" ? titleOf(answer.data.relation) : undefined);
  return (
    <Answered answer={answer} what="the relation" rows={10}>
      {({ relation }) =>
        relation == null ? (
          <Missing
            what="This relation is not in the graph."
            cure={
              asOf === null
                ? "Its papers may have been taken out since the link was made. Search for either end above."
                : `No paper said so by the end of ${asOf}. Move the year, or go back to today.`
            }
          />
        ) : (
          <>
            <RelationHead relation={relation} />
            <BeliefLadder id={name} belief={relation.belief} papers={relation.papers} />
            <RelationEvidence id={name} relation={relation} groups={relation.evidenceGroups} />
            <Between relation={relation} against={relation.contradictions} />
          </>
        )
      }
    </Answered>
  );
}

function RelationHead({ relation }: { readonly relation: GraphRelationFragment }) {
  const { subject, object, type, direction, contradicted } = relation;
  return (
    <header class="relation-head">
      <h1>
        <span class="end">
          <EntityLink entity={subject} /> <EntityBadge type={subject.type} />
        </span>
        <RelationBadge type={type} />
        <span class="end">
          <EntityLink entity={object} /> <EntityBadge type={object.type} />
        </span>
      </h1>
      <p>
        {RELATION_WORDS[type].meaning}.{" "}
        {direction?.subject != null &&
          `${direction.subject.name} acts on the other, say ${counted(direction.papers, "paper")} (${shareText(direction.confidence)} of their weight). `}
        {counted(relation.papers, "paper")}, {yearsText(relation.firstYear, relation.lastYear)}.
      </p>
      <p class="relation-belief">
        <BeliefBar value={relation.belief} />
        {contradicted && <strong class="flag flag-bad">Other papers assert the opposite</strong>}
      </p>
    </header>
  );
}

function titleOf(relation: WebRelationQuery["relation"]): string | undefined {
  if (relation == null) return undefined;
  return `${relation.subject.name} – ${relation.object.name}: ${RELATION_WORDS[relation.type].label.toLowerCase()}`;
}
