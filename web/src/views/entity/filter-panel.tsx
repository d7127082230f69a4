/**
 * The filter of an entity's relations; all of it is in the address.
 */
import { type WebRelationCountsQuery, WebSourcesDocument } from "../../../generated/documents.js";
import { type Answer, useAnswer } from "../../graphql/use-answer.js";
import { type Changes, setParams } from "../../navigation/place.js";
import { Choices } from "../../shell/choices.js";
import { NumberField } from "../../shell/number-field.js";
import {
  ENTITY_WORDS,
  RELATED_TYPES,
  RELATION_TYPES,
  RELATION_WORDS,
  SOURCE_KINDS,
  SOURCE_WORDS,
} from "../../words/vocabulary.js";
import { FILTER_PARAMS, isFiltering, type ShownFilter } from "./relation-filter.js";

const TYPES = RELATION_TYPES.map((value) => ({ value, ...RELATION_WORDS[value] }));
const KINDS = RELATED_TYPES.map((value) => ({ value, ...ENTITY_WORDS[value] }));
const SOURCES = SOURCE_KINDS.map((value) => ({ value, ...SOURCE_WORDS[value] }));

/** The panel; closed on a phone until it is asked for. */
export function FilterPanel({
  filter,
  counts,
}: {
  readonly filter: ShownFilter;
  readonly counts: Answer<WebRelationCountsQuery>;
}) {
  const all = counts.state === "ready" ? counts.data.entity?.relationCounts : undefined;
  const change = (changes: Changes) => setParams(changes);
  return (
    <details class="side" open={matchMedia("(min-width: 60rem)").matches}>
      <summary>Filter{isFiltering(filter) && " (on)"}</summary>
      <Choices
        legend="Relation"
        options={withCounts(TYPES, all?.byType)}
        chosen={filter.types}
        onChange={(types) => change({ types: types.join(",") })}
      />
      <Choices
        legend="With a"
        options={withCounts(KINDS, all?.byEntityType)}
        chosen={filter.kinds}
        onChange={(kinds) => change({ kinds: kinds.join(",") })}
      />
      <fieldset class="fields">
        <legend>At least</legend>
        <NumberField label="belief" name="minBelief" value={filter.minBelief} min={0} max={1} step={0.05} />
        <NumberField label="papers" name="minPapers" value={filter.minPapers} min={1} max={10_000} step={1} />
      </fieldset>
      <YearFields filter={filter} />
      <Choices
        legend="Said by"
        options={SOURCES}
        chosen={filter.sources}
        onChange={(sources) => change({ sources: sources.join(",") })}
      />
      <SourceField filter={filter} />
      <RetractedField filter={filter} />
      {isFiltering(filter) && (
        <button
          type="button"
          onClick={() => change(Object.fromEntries(FILTER_PARAMS.map((name) => [name, null])))}
        >
          Clear the filter
        </button>
      )}
    </details>
  );
}

/** The choices with how many relations each has; those that have none say so. */
function withCounts<Value extends string>(
  options: readonly { readonly value: Value; readonly label: string; readonly meaning: string }[],
  counts: readonly { readonly type: Value; readonly count: number }[] | undefined,
) {
  if (counts === undefined) return options;
  const byType = new Map(counts.map(({ type, count }) => [type, count]));
  return options.map((option) => ({ ...option, count: byType.get(option.value) ?? 0 }));
}

/** One source by name: a corpus, a model's id, a curator. The graph's corpora and the server's models are offered. */
function SourceField({ filter }: { readonly filter: ShownFilter }) {
  const answer = useAnswer(WebSourcesDocument, {});
  const known = answer.state === "ready" ? answer.data : undefined;
  const names = [
    ...(known?.corpora.map(({ name }) => name) ?? []),
    ...(known?.models.map(({ id }) => id) ?? []),
  ];
  return (
    <label class="number-field">
      by name
      <input
        type="text"
        class="source-field"
        list="source-names"
        placeholder="BioRED, a model, a curator"
        value={filter.source ?? ""}
        onChange={(event) => setParams({ source: event.currentTarget.value.trim() })}
      />
      <datalist id="source-names">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </label>
  );
}

function RetractedField({ filter }: { readonly filter: ShownFilter }) {
  return (
    <label class="number-field">
      retracted papers
      <select
        value={filter.retracted}
        onChange={(event) =>
          setParams({ retracted: event.currentTarget.value === "EXCLUDE" ? null : event.currentTarget.value })
        }
      >
        <option value="EXCLUDE">left out</option>
        <option value="INCLUDE">shown too</option>
        <option value="ONLY">shown alone</option>
      </select>
    </label>
  );
}

function YearFields({ filter }: { readonly filter: ShownFilter }) {
  return (
    <fieldset class="fields">
      <legend>Papers of the years</legend>
      <NumberField label="from" name="from" value={filter.from} min={1800} max={2100} step={1} />
      <NumberField label="to" name="to" value={filter.to} min={1800} max={2100} step={1} />
    </fieldset>
  );
}
