/**
 * A link of a chain: the relations between two entities, each with its best sentence, so that the chain can be
 * checked where it stands.
 */
import type { QuestionRelationFragment } from "../../generated/documents.js";
import { relationHref } from "../navigation/addresses.js";
import { counted } from "../words/numbers.js";
import { RelationBadge } from "./badges.js";
import { BeliefBar } from "./belief-bar.js";
import { EvidenceCard } from "./evidence-card.js";

/** The relations of one hop; `first` is the CURIE of the end that is marked as the first. */
export function ChainLink(props: {
  readonly relations: readonly QuestionRelationFragment[];
  readonly first: string;
}) {
  return (
    <>
      {props.relations.map((relation) => (
        <div key={relation.id} class="chain-relation">
          <p class="side-head">
            <RelationBadge type={relation.type} /> <BeliefBar value={relation.belief} />{" "}
            <a href={relationHref(relation.id)}>{counted(relation.papers, "paper")}</a>
          </p>
          {relation.evidence.nodes.map((evidence) => (
            <EvidenceCard key={evidence.id} evidence={evidence} first={props.first} />
          ))}
        </div>
      ))}
    </>
  );
}
