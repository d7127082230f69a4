/**
 * What a text says: the text with its entities marked, and its relations beside what the graph knows of them already.
 */
import { useEffect, useState } from "preact/hooks";
import {
  WebBetweenDocument,
  WebExtractTextDocument,
  type WebExtractTextMutation,
} from "../../../generated/documents.js";
import { EntityLink, RelationBadge } from "../../evidence/badges.js";
import { BeliefBar } from "../../evidence/belief-bar.js";
import { Marked } from "../../evidence/sentence.js";
import type { Column } from "../../files/table-text.js";
import { TableTools } from "../../files/table-tools.js";
import { change } from "../../graphql/client.js";
import type { ApiFault } from "../../graphql/fault.js";
import { toApiFault, useAnswer } from "../../graphql/use-answer.js";
import { relationHref } from "../../navigation/addresses.js";
import { Asking, Failed, Missing } from "../../shell/states.js";
import { counted, countText, shareText } from "../../words/numbers.js";
import { toTitleAndAbstract } from "./pasted.js";

type Extraction = WebExtractTextMutation["extractText"];
type Found = Extraction["relations"][number];

const COLUMNS: readonly Column<Found>[] = [
  { name: "subject", value: ({ subject }) => subject.curie },
  { name: "subject_name", value: ({ subject }) => subject.name },
  { name: "relation_type", value: ({ type }) => type },
  { name: "object", value: ({ object }) => object.curie },
  { name: "object_name", value: ({ object }) => object.name },
  { name: "probability", value: ({ probability }) => probability },
  { name: "sentence", value: ({ sentence }) => sentence },
];

/** Asks once for its text. */
export function TextAnswer({ text }: { readonly text: string }) {
  const variables = toTitleAndAbstract(text);
  const [round, setRound] = useState(0);
  const [found, setFound] = useState<Extraction>();
  const [fault, setFault] = useState<ApiFault>();
  // The text does not change: the view is made anew for another.
  useEffect(() => {
    setFault(undefined);
    change(WebExtractTextDocument, variables).then(
      ({ extractText }) => setFound(extractText),
      (cause: unknown) => setFault(toApiFault(cause)),
    );
  }, [round]);
  if (fault !== undefined) return <Failed fault={fault} again={() => setRound(round + 1)} />;
  if (found === undefined) return <Asking what="what the text says" rows={5} />;
  const whole = variables.title === "" ? variables.abstract : `${variables.title} ${variables.abstract}`;
  return (
    <>
      <section aria-labelledby="text">
        <h2 id="text">
          The text <span class="muted">{counted(found.mentions.length, "mention")} found</span>
        </h2>
        <p class="panel abstract">
          <Marked
            text={whole}
            marks={found.mentions.map(({ start, end, type, ids }) => ({
              start,
              end,
              kind: type.toLowerCase(),
              title: ids.join(", "),
            }))}
          />
        </p>
      </section>
      <Relations found={found} variables={variables} />
    </>
  );
}

function Relations(props: {
  readonly found: Extraction;
  readonly variables: { title: string; abstract: string };
}) {
  const { relations, pairs, pairsLeftOut, model } = props.found;
  return (
    <section aria-labelledby="adds">
      <div class="list-head">
        <h2 id="adds">{counted(relations.length, "relation")}, and what the graph knows of them</h2>
        <TableTools
          title="relations of a text"
          document={WebExtractTextDocument}
          variables={props.variables}
          columns={COLUMNS}
          all={async () => relations}
        />
      </div>
      <p class="muted">
        {counted(pairs, "pair")} of entities asked by <code>{model}</code>
        {pairsLeftOut > 0 &&
          `; ${countText(pairsLeftOut)} left out, as the text names more than are read at once`}
        . Nothing was written.
      </p>
      {relations.length === 0 && (
        <Missing
          what="No relation was found."
          cure={
            pairs === 0
              ? "The text names fewer than two things whose names are known here. Extract by PMID instead: PubTator3 knows more names."
              : "The classifier was asked about every pair, and related none."
          }
        />
      )}
      <ul class="plain">
        {relations.map((relation) => (
          <FoundRow
            key={`${relation.subject.curie} ${relation.type} ${relation.object.curie}`}
            relation={relation}
          />
        ))}
      </ul>
    </section>
  );
}

function FoundRow({ relation }: { readonly relation: Found }) {
  const { subject, object, type, probability, sentence } = relation;
  return (
    <li class="row found-row">
      <p class="side-head">
        <EntityLink entity={subject} /> <RelationBadge type={type} /> <EntityLink entity={object} />
        <BeliefBar value={probability} what="probability" />
        <KnownBefore relation={relation} />
      </p>
      {sentence !== "" && <p class="sentence">{sentence}</p>}
    </li>
  );
}

/** What this would add: a relation, evidence for one, or one that speaks against what is known. */
function KnownBefore({ relation: { subject, object, type } }: { readonly relation: Found }) {
  const between = useAnswer(WebBetweenDocument, { from: subject.curie, to: object.curie, asOf: null });
  if (between.state !== "ready") return <span class="flag">…</span>;
  const known = between.data.paths.paths[0]?.hops[0]?.relations ?? [];
  const same = known.find((row) => row.type === type);
  if (same !== undefined) {
    return (
      <a class="flag" href={relationHref(same.id)}>
        known, belief {shareText(same.belief)}
      </a>
    );
  }
  return <span class="flag sign-positive">{known.length > 0 ? "known otherwise" : "new to the graph"}</span>;
}
