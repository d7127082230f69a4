/**
 * Which kinds of way lead from one to the other, and how often chance does as well: that is asked behind the answer, as the
 * graphs to compare with may still have to be made.
 */
import type { WebExplainQuery } from "../../../generated/documents.js";
import { counted, countText, scoreText } from "../../words/numbers.js";
import { discoveryVariables } from "./discovery-filter.js";
import { type Chances, useChances } from "./use-chances.js";

type Explained = WebExplainQuery["explain"];

const ROLES: Readonly<Record<string, string>> = { C: "chemical", D: "disease", G: "gene" };

/** The table; its last column comes when it is known. */
export function MetapathTable({ explained: { from, to, metapaths } }: { readonly explained: Explained }) {
  const chances = useChances({ from: from.curie, to: to.curie, ...discoveryVariables() });
  return (
    <section class="panel" aria-labelledby="metapaths">
      <h2 id="metapaths">Kinds of way from one to the other</h2>
      <p class="muted">
        Paths of two and three steps, by what lies on them. Those through hubs weigh little.{" "}
        <span class="chance">{chanceText(chances)}</span>
      </p>
      <div class="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">By way of</th>
              <th scope="col">Paths</th>
              <th scope="col">Weight</th>
              {chances?.state === "READY" && <th scope="col">By chance</th>}
            </tr>
          </thead>
          <tbody>
            {metapaths.map(({ name, paths, dwpc }) => (
              <tr key={name}>
                <th scope="row">
                  {name
                    .split("-")
                    .map((role) => ROLES[role] ?? role)
                    .join(" → ")}
                </th>
                <td class="number">{countText(paths)}</td>
                <td class="number">{scoreText(dwpc)}</td>
                {chances?.state === "READY" && <td class="number">{pText(chances.values.get(name))}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function pText(value: number | undefined): string {
  return value === undefined ? "–" : scoreText(value);
}

function chanceText(chances: Chances | undefined): string {
  if (chances === undefined) return "";
  switch (chances.state) {
    case "READY":
      return `By chance: the share of pairs as well connected, in ${counted(chances.permutations, "graph")} with permuted links, that have as many such paths. Small means that popularity does not explain them.`;
    case "BEING_MADE":
      return "How often chance does as well is being worked out.";
    case "WHOLE_GRAPH_ONLY":
      return "How often chance does as well is known for the whole graph only: ask without a year and without filters.";
    case "OUT_OF_TIME":
      return "How often chance does as well took too long to work out.";
    case "NOT_KEPT":
      return "";
  }
}
