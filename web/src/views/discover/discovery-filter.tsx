/**
 * What discovery's question leaves out: kinds of candidates and linking terms, hubs, weak relations.
 */
import type { EntityType } from "../../../generated/documents.js";
import { listParam, numberParam, param, setParams } from "../../navigation/place.js";
import { Choices } from "../../shell/choices.js";
import { StrengthFields, strengthOfPlace } from "../../shell/strength-fields.js";
import { ENTITY_WORDS, RELATED_TYPES } from "../../words/vocabulary.js";

const KINDS = RELATED_TYPES.map((value) => ({ value, ...ENTITY_WORDS[value] }));

/** The parameters, as the API takes them. */
export function discoveryVariables() {
  const via = listParam("via", RELATED_TYPES);
  return {
    via: via.length > 0 ? via : null,
    ...strengthOfPlace(),
    asOf: numberParam("asOf") ?? null,
  };
}

/** The kind of candidate that is asked for; any where absent. */
export function targetOfPlace(): EntityType | undefined {
  const target = param("target");
  return RELATED_TYPES.find((type) => type === target);
}

/** The panel, closed until it is asked for. */
export function DiscoveryFilter({ isOpen }: { readonly isOpen: boolean }) {
  const via = listParam("via", RELATED_TYPES);
  return (
    <details class="question-filter">
      <summary>More</summary>
      {isOpen && <TargetField />}
      <Choices
        legend="Linked by a"
        options={KINDS}
        chosen={via}
        onChange={(kinds) => setParams({ via: kinds.join(",") })}
      />
      <StrengthFields />
    </details>
  );
}

function TargetField() {
  return (
    <label class="number-field">
      candidates are
      <select
        value={targetOfPlace() ?? ""}
        onChange={(event) => setParams({ target: event.currentTarget.value })}
      >
        <option value="">anything</option>
        {KINDS.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
