/**
 * The filter of an entity's relations; all of it is in the address.
 */
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
export function FilterPanel({ filter }: { readonly filter: ShownFilter; readonly curie: string }) {
  const change = (changes: Changes) => setParams(changes);
  return (
    <details class="side" open={matchMedia("(min-width: 60rem)").matches}>
      <summary>Filter{isFiltering(filter) && " (on)"}</summary>
      <Choices
        legend="Relation"
        options={TYPES}
        chosen={filter.types}
        onChange={(types) => change({ types: types.join(",") })}
      />
      <Choices
        legend="With a"
        options={KINDS}
        chosen={filter.kinds}
        onChange={(kinds) => change({ kinds: kinds.join(",") })}
      />
      <fieldset class="fields">
        <legend>At least</legend>
        <NumberField label="belief" name="minBelief" value={filter.minBelief} min={0} max={1} step={0.05} />
        <NumberField label="papers" name="minPapers" value={filter.minPapers} min={1} max={10_000} step={1} />
      </fieldset>
      <fieldset class="fields">
        <legend>Papers of the years</legend>
        <NumberField label="from" name="from" value={filter.from} min={1800} max={2100} step={1} />
        <NumberField label="to" name="to" value={filter.to} min={1800} max={2100} step={1} />
      </fieldset>
      <Choices
        legend="Said by"
        options={SOURCES}
        chosen={filter.sources}
        onChange={(sources) => change({ sources: sources.join(",") })}
      />
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
