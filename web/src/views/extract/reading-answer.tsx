/**
 * What the model read: the text with its entities marked, its relations beside what the graph knows of them, and a verdict
 * on each. Nothing is written but what is accepted or fixed.
 */
import { useEffect, useRef } from "preact/hooks";
import { useCurator } from "../../curation/curator.js";
import { CuratorBar } from "../../curation/curator-bar.js";
import { Marked } from "../../evidence/sentence.js";
import type { Asked } from "../../files/asked.js";
import type { Column } from "../../files/table-text.js";
import { TableTools } from "../../files/table-tools.js";
import { Failed, Missing } from "../../shell/states.js";
import { counted, countText } from "../../words/numbers.js";
import { FoundRow, focusIn } from "./found-row.js";
import { type Found, keyOf, type Reading, type Source, useVerdicts } from "./use-verdicts.js";

const COLUMNS: readonly Column<Found>[] = [
  { name: "subject", value: ({ subject }) => subject.curie },
  { name: "subject_name", value: ({ subject }) => subject.name },
  { name: "relation_type", value: ({ type }) => type },
  { name: "object", value: ({ object }) => object.curie },
  { name: "object_name", value: ({ object }) => object.name },
  { name: "probability", value: ({ probability }) => probability },
  { name: "belief_so_far", value: ({ known, type }) => known.find((one) => one.type === type)?.belief },
  { name: "sentence", value: ({ sentence }) => sentence },
];

/** The answer. `asked` is the question that gave it; the first on a page takes the focus to its first relation. */
export function ReadingAnswer(props: {
  readonly reading: Reading;
  readonly source: Source;
  readonly asked: Asked;
  readonly title: string;
  readonly isFirst: boolean;
}) {
  const { reading, source, asked, title, isFirst } = props;
  const verdicts = useVerdicts(source, useCurator());
  const list = useRef<HTMLUListElement>(null);
  const { isAllowed } = verdicts.curator;
  // The buttons open when it is known who judges.
  useEffect(() => {
    if (isFirst && isAllowed) focusIn(list.current?.querySelector(".found-row"));
  }, [isFirst, isAllowed]);
  const { relations } = reading;
  return (
    <>
      <ReadText reading={reading} />
      <section class="reading" aria-label="Relations">
        <div class="list-head">
          <h3>{counted(relations.length, "relation")}, and what each would add to the graph</h3>
          <TableTools {...asked} title={title} columns={COLUMNS} all={async () => relations} />
        </div>
        <Asides reading={reading} />
        {relations.length > 0 && (
          <CuratorBar curator={verdicts.curator} field={verdicts.nameField} onNamed={verdicts.named} />
        )}
        {verdicts.isNameWanted && (
          <p class="said" role="status">
            Say who you are first: the audit trail keeps who judged what.
          </p>
        )}
        {verdicts.judging.fault !== undefined && <Failed fault={verdicts.judging.fault} />}
        <ul ref={list} class="plain">
          {relations.map((found) => (
            <FoundRow key={keyOf(found)} found={found} reading={reading} verdicts={verdicts} />
          ))}
        </ul>
      </section>
    </>
  );
}

function ReadText({ reading: { text, mentions } }: { readonly reading: Reading }) {
  return (
    <section aria-label="The text">
      <h3>
        The text <span class="muted">{counted(mentions.length, "mention")} found</span>
      </h3>
      <p class="panel abstract">
        <Marked
          text={text}
          marks={mentions.map(({ start, end, type, ids }) => ({
            start,
            end,
            kind: type.toLowerCase(),
            title: ids.join(", "),
          }))}
        />
      </p>
    </section>
  );
}

function Asides({ reading: { pairs, pairsLeftOut, model, relations } }: { readonly reading: Reading }) {
  return (
    <>
      <p class="muted">
        {counted(pairs, "pair")} of entities asked by <code>{model}</code>
        {pairsLeftOut > 0 &&
          `; ${countText(pairsLeftOut)} left out, as the text names more than are read at once`}
        . Nothing is written but what you accept or fix.
      </p>
      {relations.length === 0 && (
        <Missing
          what="No relation was found."
          cure={
            pairs === 0
              ? "The text names fewer than two things whose names are known here. Read it by its PMID instead: PubTator3 knows more names."
              : "The classifier was asked about every pair, and related none."
          }
        />
      )}
    </>
  );
}
