/**
 * The rows of an entity's relations. Only those near the window are in the document, so that ten thousand scroll as
 * easily as ten.
 */
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "preact/hooks";
import { EntityLink, RelationBadge } from "../../evidence/badges.js";
import { BeliefBar } from "../../evidence/belief-bar.js";
import { Sentence } from "../../evidence/sentence.js";
import { isPubmed, pubmedHref, relationHref } from "../../navigation/addresses.js";
import { counted, yearsText } from "../../words/numbers.js";
import { ENTITY_WORDS, otherEnd } from "../../words/vocabulary.js";
import type { RelationRow } from "./relation-columns.js";

const USUAL_HEIGHT = 84;
const DRAWN_BEYOND = 12;

/** The list, seen from an entity. */
export function RelationList({
  curie,
  rows,
}: {
  readonly curie: string;
  readonly rows: readonly RelationRow[];
}) {
  const list = useRef<HTMLUListElement>(null);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => USUAL_HEIGHT,
    overscan: DRAWN_BEYOND,
    scrollMargin: list.current?.offsetTop ?? 0,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  return (
    <ul ref={list} class="plain virtual" style={{ height: `${virtual.getTotalSize()}px` }}>
      {virtual.getVirtualItems().map(({ index, key, start }) => {
        const row = rows[index];
        if (row === undefined) return null;
        return (
          <li
            key={key}
            data-index={index}
            ref={virtual.measureElement}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
          >
            <Row row={row} curie={curie} />
          </li>
        );
      })}
    </ul>
  );
}

function Row({ row, curie }: { readonly row: RelationRow; readonly curie: string }) {
  const other = otherEnd(row, curie);
  const [best] = row.evidence.nodes;
  return (
    <article class="row relation-row">
      <div class="relation-main">
        <EntityLink entity={other} />
        <span class="muted">{ENTITY_WORDS[other.type].label.toLowerCase()}</span>
        <RelationBadge type={row.type} />
        {row.contradicted && (
          <span class="flag flag-bad" title="Other papers assert the opposite effect.">
            contradicted
          </span>
        )}
      </div>
      <BeliefBar value={row.belief} />
      <a class="relation-open" href={relationHref(row.id)}>
        {counted(row.papers, "paper")}
        <span class="visually-hidden">: the evidence for {other.name}</span>
      </a>
      <span class="muted years">{yearsText(row.firstYear, row.lastYear)}</span>
      {best !== undefined && (
        <div class="relation-best">
          <Sentence evidence={best} first={curie} />
          {isPubmed(best.pmid) && (
            <a class="muted pmid" href={pubmedHref(best.pmid)} target="_blank" rel="noreferrer">
              PMID {best.pmid} ↗
            </a>
          )}
          {best.publication.retracted && <strong class="flag flag-bad">Retracted paper</strong>}
        </div>
      )}
    </article>
  );
}
