/**
 * Why two entities may be related: the answer in words first, then the linking terms with the sentences on both
 * sides, then what rankers and kinds of way say.
 */
import { WebExplainDocument, type WebExplainQuery } from "../../../generated/documents.js";
import { ChainLink } from "../../evidence/chain.js";
import { TableTools } from "../../files/table-tools.js";
import { useAnswer } from "../../graphql/use-answer.js";
import { useTitle } from "../../questions/kept-questions.js";
import { Incomplete } from "../../shell/incomplete.js";
import { Answered, Missing } from "../../shell/states.js";
import { counted } from "../../words/numbers.js";
import { ClosedReasons } from "./closed-reasons.js";
import { ClosedSummary } from "./closed-summary.js";
import { LINKING_COLUMNS } from "./discovery-columns.js";
import { discoveryVariables } from "./discovery-filter.js";
import { LinkingTerm } from "./linking-term.js";

/** The answer between two CURIEs. */
export function ClosedAnswer({ from, to }: { readonly from: string; readonly to: string }) {
  const variables = { from, to, ...discoveryVariables() };
  const answer = useAnswer(WebExplainDocument, variables);
  useTitle(answer.state === "ready" ? titleOf(answer.data.explain) : undefined);
  return (
    <Answered answer={answer} what="why they may be related" rows={8}>
      {({ explain }) => (
        <>
          <ClosedSummary explained={explain} />
          {explain.directRelations.length > 0 && (
            <section class="panel" aria-labelledby="direct">
              <h2 id="direct">What papers say of the two directly</h2>
              <ChainLink relations={explain.directRelations} first={explain.from.curie} />
            </section>
          )}
          <section aria-labelledby="linking">
            <div class="list-head">
              <h2 id="linking">
                By way of {counted(explain.linkingCount, "linking term")}{" "}
                <span class="muted">the most telling first</span>
              </h2>
              <TableTools
                title={`why ${explain.from.name} ${explain.to.name}`}
                document={WebExplainDocument}
                variables={variables}
                columns={LINKING_COLUMNS}
                all={async () => explain.linking.nodes}
              />
            </div>
            {explain.linking.nodes.length === 0 && (
              <Missing
                what="Nothing links the two."
                cure="No entity is related to both, as the question is asked. Allow weaker relations or hubs under More, or look for longer ways in Paths."
              />
            )}
            {explain.linking.nodes.map((term) => (
              <LinkingTerm key={term.entity.curie} term={term} from={explain.from} to={explain.to} />
            ))}
          </section>
          <ClosedReasons explained={explain} />
          <Incomplete completeness={explain.completeness} />
        </>
      )}
    </Answered>
  );
}

function titleOf({ from, to }: WebExplainQuery["explain"]): string {
  return `Why might ${from.name} be related to ${to.name}?`;
}
