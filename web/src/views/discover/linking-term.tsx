/**
 * One linking term: what papers say on either side of it.
 */
import type { WebExplainQuery } from "../../../generated/documents.js";
import { EntityBadge, EntityLink } from "../../evidence/badges.js";
import { BeliefBar } from "../../evidence/belief-bar.js";
import { ChainLink } from "../../evidence/chain.js";
import { DIRECTION_WORDS, EFFECT_WORDS } from "../../words/discovery-words.js";
import { counted } from "../../words/numbers.js";

type Explained = WebExplainQuery["explain"];
type End = Explained["from"];

/** The term with both its sides. */
export function LinkingTerm(props: {
  readonly term: Explained["linking"]["nodes"][number];
  readonly from: End;
  readonly to: End;
}) {
  const { term, from, to } = props;
  const { entity, degree, belief, predictedSign, chainDirection } = term;
  return (
    <article class="linking">
      <header class="linking-head">
        <h3>
          <EntityLink entity={entity} /> <EntityBadge type={entity.type} />
        </h3>
        <BeliefBar value={belief} what="belief in the weaker link" />
        <span class="muted" title="What is related to everything links everything to everything.">
          related to {counted(degree, "thing")}
        </span>
        <span class={`flag sign-${predictedSign.toLowerCase()}`}>{EFFECT_WORDS[predictedSign]}</span>
        {chainDirection != null && <span class="flag">{DIRECTION_WORDS[chainDirection]}</span>}
      </header>
      <div class="linking-sides">
        <div>
          <p class="linking-between">
            {from.name} – {entity.name}
          </p>
          <ChainLink relations={term.fromRelations} first={entity.curie} />
        </div>
        <div>
          <p class="linking-between">
            {entity.name} – {to.name}
          </p>
          <ChainLink relations={term.toRelations} first={entity.curie} />
        </div>
      </div>
    </article>
  );
}
