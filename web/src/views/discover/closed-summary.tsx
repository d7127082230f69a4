/**
 * The closed question's answer in a few sentences: what is known, what is predicted, how sure that is, and what it is
 * not.
 */
import type { WebExplainQuery } from "../../../generated/documents.js";
import { EntityLink } from "../../evidence/badges.js";
import { BeliefBar } from "../../evidence/belief-bar.js";
import { RANKER_WORDS } from "../../words/discovery-words.js";
import { counted, countText } from "../../words/numbers.js";

type Explained = WebExplainQuery["explain"];

/** The head of the answer. */
export function ClosedSummary({ explained }: { readonly explained: Explained }) {
  const { from, to, linking, linkingCount, isDirect, directSince } = explained;
  return (
    <section class="answer" aria-labelledby="answer">
      <h1 id="answer">
        Why might {from.name} be related to {to.name}?
      </h1>
      <p class="lead">
        {isDirect
          ? `Papers relate the two directly${directSince == null ? "" : ` since ${directSince}`}.`
          : "No paper in this graph relates the two directly."}{" "}
        {linkingCount > 0 &&
          `${counted(linkingCount, "linking term")} connect${linkingCount === 1 ? "s" : ""} them: `}
        {linking.nodes.slice(0, 3).map(({ entity }, index) => (
          <span key={entity.curie}>
            {index > 0 && ", "}
            <EntityLink entity={entity} />
          </span>
        ))}
        {linkingCount > 3 && ` and ${countText(linkingCount - 3)} more`}
        {linkingCount > 0 && "."} {effectText(explained)}
      </p>
      <HowSure explained={explained} />
      {!isDirect && linkingCount > 0 && (
        <p class="muted">
          This is a hypothesis, not a finding: each link is as sure as its papers make it, and no paper has
          tested the chain.
        </p>
      )}
    </section>
  );
}

/** The figures of sureness. */
function HowSure({ explained }: { readonly explained: Explained }) {
  const { linking } = explained;
  return (
    <dl class="sureness">
      {linking.nodes.length > 0 && (
        <div>
          <dt>How sure is the surest chain?</dt>
          <dd>
            <BeliefBar
              value={Math.max(...linking.nodes.map(({ belief }) => belief))}
              what="belief in its weaker link"
            />
            <span class="muted"> belief in its weaker link</span>
          </dd>
        </div>
      )}
      {explained.isDirect && (
        <div>
          <dt>How sure is the direct relation?</dt>
          <dd>
            <BeliefBar value={explained.directBelief} />
          </dd>
        </div>
      )}
      <Rank explained={explained} />
    </dl>
  );
}

/** What the linking terms predict together. */
function effectText({ effect, from, to, linkingCount }: Explained): string {
  const { sign, contradicted, positiveTerms, negativeTerms } = effect;
  if (linkingCount === 0) return "";
  if (contradicted) {
    return `They disagree on the effect: ${countText(negativeTerms)} predict that one lowers the other, ${countText(positiveTerms)} that both rise together.`;
  }
  if (sign === "NEGATIVE") {
    return `${countText(negativeTerms)} of them predict that more ${from.name} goes with less ${to.name}; none predicts the opposite.`;
  }
  if (sign === "POSITIVE") {
    return `${countText(positiveTerms)} of them predict that more ${from.name} goes with more ${to.name}; none predicts the opposite.`;
  }
  return "What they say leaves the direction of the effect open.";
}

/** Where the end stands among all that could be asked about instead, beside the baseline. */
function Rank({ explained: { scores } }: { readonly explained: Explained }) {
  const shown = scores.filter(({ ranker }) =>
    ["LEARNED", "RECIPROCAL_RANK_FUSION", "DEGREE"].includes(ranker),
  );
  return (
    <>
      {shown.map(({ ranker, rank, candidates }) => (
        <div key={ranker}>
          <dt title={RANKER_WORDS[ranker].meaning}>
            {ranker === "DEGREE"
              ? "Rank by mere popularity"
              : `Rank by ${RANKER_WORDS[ranker].label.toLowerCase()}`}
          </dt>
          <dd>
            {countText(rank)} <span class="muted">of {counted(candidates, "candidate")}</span>
          </dd>
        </div>
      ))}
    </>
  );
}
