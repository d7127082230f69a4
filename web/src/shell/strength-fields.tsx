/**
 * How strong relations have to be, who has to say so, and which hubs are passed over: the same in every question of
 * discovery.
 */
import { listParam, numberParam, setParams } from "../navigation/place.js";
import { SOURCE_KINDS, SOURCE_WORDS } from "../words/vocabulary.js";
import { Choices } from "./choices.js";
import { NumberField } from "./number-field.js";

const SOURCES = SOURCE_KINDS.map((value) => ({ value, ...SOURCE_WORDS[value] }));

/** As the API takes them; null for what is not asked. */
export function strengthOfPlace() {
  const sources = listParam("sources", SOURCE_KINDS);
  return {
    sourceKinds: sources.length > 0 ? sources : null,
    minBelief: numberParam("minBelief") ?? null,
    minPapers: numberParam("minPapers") ?? null,
    maxLinkingDegree: numberParam("hubs") ?? null,
  };
}

/** The fields; all of them are in the address. */
export function StrengthFields() {
  return (
    <>
      <fieldset class="fields">
        <legend>Relations of at least</legend>
        <NumberField
          label="belief"
          name="minBelief"
          value={numberParam("minBelief")}
          min={0}
          max={1}
          step={0.05}
        />
        <NumberField
          label="papers"
          name="minPapers"
          value={numberParam("minPapers")}
          min={1}
          max={1000}
          step={1}
        />
      </fieldset>
      <fieldset class="fields">
        <legend>Pass over hubs</legend>
        <NumberField
          label="related to more than"
          name="hubs"
          value={numberParam("hubs")}
          min={1}
          max={1_000_000}
          step={1}
        />
      </fieldset>
      <Choices
        legend="Said by"
        options={SOURCES}
        chosen={listParam("sources", SOURCE_KINDS)}
        onChange={(kinds) => setParams({ sources: kinds.join(",") })}
      />
    </>
  );
}
