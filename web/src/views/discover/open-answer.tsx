/**
 * What an entity may be related to: candidates with several rankers side by side, the baseline among them.
 */
import {
  WebDiscoverDocument,
  type WebDiscoverQuery,
  type WebDiscoverQueryVariables,
} from "../../../generated/documents.js";
import { TableTools } from "../../files/table-tools.js";
import { useAnswer } from "../../graphql/use-answer.js";
import { allRows } from "../../graphql/use-pages.js";
import { listParam, setParams } from "../../navigation/place.js";
import { useTitle } from "../../questions/kept-questions.js";
import { Choices } from "../../shell/choices.js";
import { Incomplete } from "../../shell/incomplete.js";
import { Answered, Missing } from "../../shell/states.js";
import { RANKER_WORDS, RANKERS } from "../../words/discovery-words.js";
import { counted } from "../../words/numbers.js";
import { ENTITY_WORDS } from "../../words/vocabulary.js";
import { CandidateTable } from "./candidate-table.js";
import { candidateColumns } from "./discovery-columns.js";
import { discoveryVariables, targetOfPlace } from "./discovery-filter.js";

const USUAL = RANKERS.filter(
  (ranker) => ranker === "RECIPROCAL_RANK_FUSION" || ranker === "DWPC" || ranker === "PAGE_RANK",
);
/** Asked by name only where weights are fitted; the server says so otherwise. */
const CHOICES = RANKERS.filter((ranker) => ranker !== "DEGREE").map((value) => ({
  value,
  ...RANKER_WORDS[value],
}));

/** The answer from a CURIE. */
export function OpenAnswer({ from }: { readonly from: string }) {
  const chosen = listParam("rankers", RANKERS);
  const rankers = chosen.length > 0 ? chosen : USUAL;
  const target = targetOfPlace() ?? null;
  const variables = { from, targetType: target, rankers, first: 50, ...discoveryVariables() };
  const answer = useAnswer(WebDiscoverDocument, variables);
  const what = target === null ? "" : ` (${ENTITY_WORDS[target].label.toLowerCase()})`;
  useTitle(
    answer.state === "ready" ? `What may ${answer.data.discover.from.name} be related to?${what}` : undefined,
  );
  return (
    <Answered answer={answer} what="candidates" rows={14}>
      {({ discover }) => (
        <>
          <h1>What may {discover.from.name} be related to?</h1>
          <Choices
            legend="Ranked by (the first orders)"
            options={CHOICES}
            chosen={rankers}
            onChange={(values) => setParams({ rankers: values.join(","), sort: null })}
          />
          <Candidates discovery={discover} variables={variables} />
        </>
      )}
    </Answered>
  );
}

function Candidates(props: {
  readonly discovery: WebDiscoverQuery["discover"];
  readonly variables: WebDiscoverQueryVariables;
}) {
  const { candidates, totalCount, from, completeness } = props.discovery;
  const question = {
    document: WebDiscoverDocument,
    variables: props.variables,
    pick: ({ discover }: WebDiscoverQuery) => ({ ...discover, nodes: discover.candidates }),
  };
  const shown = RANKERS.filter((ranker) => candidates[0]?.scores.some((score) => score.ranker === ranker));
  return (
    <>
      <div class="list-head">
        <h2>
          {counted(totalCount, "candidate")} that no paper relates to it
          {totalCount > candidates.length && `, the first ${candidates.length} here`}
        </h2>
        <TableTools
          title={`candidates for ${from.name}`}
          document={WebDiscoverDocument}
          variables={props.variables}
          columns={candidateColumns(from.curie, shown)}
          all={(progress, signal) => allRows(question, progress, signal)}
        />
      </div>
      {candidates.length === 0 ? (
        <Missing
          what="Nothing is linked to it that is not known already."
          cure="Ask for another kind of candidate, or allow weaker relations and hubs, under More; or ask as of an earlier year."
        />
      ) : (
        <CandidateTable from={from.curie} candidates={candidates} rankers={shown} />
      )}
      <Incomplete completeness={completeness} />
    </>
  );
}
