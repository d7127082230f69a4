/**
 * The belief of a relation worked out paper by paper: what each one leaves of the doubt.
 */
import type { GraphEvidenceFragment } from "../../../generated/documents.js";
import { SourceBadge } from "../../evidence/badges.js";
import { BeliefBar } from "../../evidence/belief-bar.js";
import { publicationHref } from "../../navigation/addresses.js";
import { shareText } from "../../words/numbers.js";
import { beliefOf, decompose, type PaperPart } from "./decompose.js";
import { RELIABILITY } from "./reliability.js";

/** The table; only where every row is here, as a part of them would give another number. */
export function BeliefLadder({
  rows,
  belief,
}: {
  readonly rows: readonly GraphEvidenceFragment[];
  readonly belief: number;
}) {
  const parts = decompose(rows, RELIABILITY);
  let doubt = 1;
  return (
    <details class="ladder" open>
      <summary>How the belief of {shareText(belief)} comes about</summary>
      <p class="muted">
        Each paper counts once, by its best evidence: how probable it is, times how reliable such a source is.
        Belief is one minus the product of what each paper leaves in doubt. Retracted papers and denials count
        nothing.
      </p>
      {Math.abs(beliefOf(parts) - belief) > 1e-6 && (
        <p class="notice" role="status">
          Worked out from these rows the belief would be {shareText(beliefOf(parts))}; the graph has changed
          since it was read. Reload the page.
        </p>
      )}
      <div class="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Paper</th>
              <th scope="col">Best evidence</th>
              <th scope="col">Probability × reliability</th>
              <th scope="col">Belief with it</th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => {
              doubt *= 1 - part.weight;
              return <Rung key={part.pmid} part={part} soFar={1 - doubt} />;
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Rung({ part, soFar }: { readonly part: PaperPart; readonly soFar: number }) {
  const { best, weight, pmid } = part;
  const why = best.publication.retracted ? "retracted: counts nothing" : "denies it: counts nothing";
  return (
    <tr>
      <td>
        <a href={publicationHref(pmid)} title={best.publication.title}>
          {best.publication.journal ?? "PMID"} {best.year ?? pmid}
        </a>
      </td>
      <td>
        <SourceBadge kind={best.sourceKind} source={best.source} />
      </td>
      <td class="number">
        {weight === 0
          ? why
          : `${shareText(best.probability)} × ${shareText(RELIABILITY[best.sourceKind])} = ${shareText(weight)}`}
      </td>
      <td>
        <BeliefBar value={soFar} />
      </td>
    </tr>
  );
}
