/**
 * The candidates as a table that can be sorted by any of its columns.
 */
import { createColumnHelper, getCoreRowModel, getSortedRowModel, useReactTable } from "@tanstack/react-table";
import type { Ranker } from "../../../generated/documents.js";
import { EntityBadge } from "../../evidence/badges.js";
import { discoverHref } from "../../navigation/addresses.js";
import { param, setParams } from "../../navigation/place.js";
import { EFFECT_WORDS, RANKER_WORDS } from "../../words/discovery-words.js";
import { countText, scoreText } from "../../words/numbers.js";
import { type Candidate, scoreOf } from "./discovery-columns.js";

const helper = createColumnHelper<Candidate>();

/** The table; its order is part of the address. */
export function CandidateTable(props: {
  readonly from: string;
  readonly candidates: readonly Candidate[];
  readonly rankers: readonly Ranker[];
}) {
  const { from, candidates, rankers } = props;
  const sort = param("sort");
  const table = useReactTable({
    data: candidates as Candidate[],
    columns: rankers.map((ranker) =>
      helper.accessor((row) => scoreOf(row, ranker), { id: ranker, sortDescFirst: true }),
    ),
    state: { sorting: sort === undefined ? [] : [{ id: sort, desc: true }] },
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const places = new Map(rankers.map((ranker) => [ranker, placesBy(candidates, ranker)]));
  return (
    <div class="table-scroll">
      <table class="candidates">
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">Candidate</th>
            <th scope="col">By way of</th>
            <th scope="col">Predicted effect</th>
            {rankers.map((ranker) => (
              <SortableHead key={ranker} ranker={ranker} isSorted={sort === ranker} />
            ))}
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map(({ original: row }, index) => (
            <CandidateRow
              key={row.entity.curie}
              row={row}
              index={index}
              from={from}
              rankers={rankers}
              places={places}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CandidateRow(props: {
  readonly row: Candidate;
  readonly index: number;
  readonly from: string;
  readonly rankers: readonly Ranker[];
  readonly places: ReadonlyMap<Ranker, ReadonlyMap<string, number>>;
}) {
  const { row, index, from, rankers, places } = props;
  return (
    <tr>
      <td class="number">{index + 1}</td>
      <td>
        <a class="entity-link" href={discoverHref(from, row.entity.curie)} title="Why?">
          {row.entity.name}
        </a>{" "}
        <EntityBadge type={row.entity.type} />
      </td>
      <td class="muted">
        {row.linking.nodes.map(({ entity }) => entity.name).join(", ")}
        {row.linkingCount > row.linking.nodes.length &&
          ` and ${countText(row.linkingCount - row.linking.nodes.length)} more`}
      </td>
      <td>
        <span class={`flag sign-${row.predictedSign.toLowerCase()}`}>
          {row.contradicted ? "linking terms disagree" : EFFECT_WORDS[row.predictedSign]}
        </span>
      </td>
      {rankers.map((ranker) => (
        <ScoreCell
          key={ranker}
          score={scoreOf(row, ranker)}
          place={places.get(ranker)?.get(row.entity.curie)}
        />
      ))}
    </tr>
  );
}

function SortableHead({ ranker, isSorted }: { readonly ranker: Ranker; readonly isSorted: boolean }) {
  const { label, meaning } = RANKER_WORDS[ranker];
  return (
    <th scope="col" aria-sort={isSorted ? "descending" : "none"} title={meaning}>
      <button type="button" class="sort" onClick={() => setParams({ sort: isSorted ? null : ranker })}>
        {label} <span aria-hidden="true">{isSorted ? "▼" : "↕"}</span>
      </button>
    </th>
  );
}

/** A score with its place among those shown. */
function ScoreCell({
  score,
  place,
}: {
  readonly score: number | undefined;
  readonly place: number | undefined;
}) {
  if (score === undefined) return <td class="number muted">–</td>;
  return (
    <td class="number">
      <strong>{place}.</strong> <span class="muted">{scoreText(score)}</span>
    </td>
  );
}

/** Each candidate's place by a ranker; those that tie share the better place. */
function placesBy(candidates: readonly Candidate[], ranker: Ranker): Map<string, number> {
  const scores = candidates.map((candidate) => scoreOf(candidate, ranker) ?? Number.NEGATIVE_INFINITY);
  return new Map(
    candidates.map(({ entity }, index) => {
      const own = scores[index] ?? Number.NEGATIVE_INFINITY;
      return [entity.curie, 1 + scores.filter((score) => score > own).length];
    }),
  );
}
