/**
 * A number of the address that can be changed: taken up when the reader leaves the field or presses Enter.
 */
import { setParams } from "../navigation/place.js";

/** The field; empty takes the parameter out. */
export function NumberField(props: {
  readonly label: string;
  /** The parameter of the address. */
  readonly name: string;
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}) {
  const { label, name, value, min, max, step } = props;
  return (
    <label class="number-field">
      {label}
      <input
        type="number"
        inputMode="decimal"
        value={value ?? ""}
        min={min}
        max={max}
        step={step}
        onChange={(event) => setParams({ [name]: event.currentTarget.value })}
      />
    </label>
  );
}
