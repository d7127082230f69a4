/**
 * Several of a few: a filter whose choices are all in sight.
 */

/** One choice, with how often it occurs where that is known. */
interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly meaning: string;
  readonly count?: number | undefined;
}

/** Check boxes that look like chips; none chosen asks nothing. */
export function Choices<Value extends string>(props: {
  readonly legend: string;
  readonly options: readonly Choice<Value>[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: Value[]) => void;
}) {
  const { legend, options, chosen, onChange } = props;
  const toggle = (value: Value) =>
    onChange(options.map((option) => option.value).filter((one) => (one === value) !== chosen.includes(one)));
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {options.map(({ value, label, meaning, count }) => (
        <label key={value} class="choice" title={meaning}>
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
          <span>
            {label}
            {count !== undefined && <span class="choice-count"> {count}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
