/**
 * What the rankers make of the two, what each feature adds, and which kinds of way lead from one to the other.
 */
import type { WebExplainQuery } from "../../../generated/documents.js";
import { RANKER_WORDS, RANKERS } from "../../words/discovery-words.js";
import { counted, countText, scoreText } from "../../words/numbers.js";
import { MetapathTable } from "./metapath-table.js";

type Explained = WebExplainQuery["explain"];

/** The three tables. */
export function ClosedReasons({ explained }: { readonly explained: Explained }) {
  return (
    <div class="columns">
      <Rankers explained={explained} />
      <MetapathTable explained={explained} />
    </div>
  );
}

function Rankers({ explained: { scores, to, contributions } }: { readonly explained: Explained }) {
  const inOrder = RANKERS.flatMap((ranker) => scores.filter((score) => score.ranker === ranker));
  const [first] = scores;
  return (
    <section class="panel" aria-labelledby="rankers">
      <h2 id="rankers">Where {to.name} stands</h2>
      <p class="muted">
        Its place among {first === undefined ? "the candidates" : counted(first.candidates, "candidate")} of
        its kind, by each way of ranking. Compare with the baseline: what is merely popular ranks high there.
      </p>
      <div class="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Ranked by</th>
              <th scope="col">Place</th>
              <th scope="col">Score</th>
            </tr>
          </thead>
          <tbody>
            {inOrder.map(({ ranker, rank, score }) => (
              <tr key={ranker}>
                <th scope="row" title={RANKER_WORDS[ranker].meaning}>
                  {RANKER_WORDS[ranker].label}
                </th>
                <td class="number">{countText(rank)}</td>
                <td class="number">{scoreText(score)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {contributions != null && (
        <>
          <h3>What made the learned score</h3>
          <table>
            <tbody>
              {contributions.map(({ name, value }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td class="number">{scoreText(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
