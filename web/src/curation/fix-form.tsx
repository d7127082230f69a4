/**
 * What a paper says instead: another type, other ends, which end acts. By keyboard: digits choose the type, Enter keeps it.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { CurationCorrection, RelationType } from "../../generated/documents.js";
import { Combobox } from "../shell/combobox.js";
import { useEntitySuggestions } from "../shell/suggestions.js";
import { RELATION_TYPES, RELATION_WORDS } from "../words/vocabulary.js";

/** An end of a relation. */
interface End {
  readonly curie: string;
  readonly name: string;
}

/** What is to be fixed. */
interface Claim {
  readonly type: RelationType;
  readonly subject: End;
  readonly object: End;
}

/** The form; Escape leaves it. */
export function FixForm(props: {
  readonly claim: Claim;
  readonly isBusy: boolean;
  readonly onFix: (correction: CurationCorrection) => void;
  readonly onLeave: () => void;
}) {
  const { claim, isBusy, onFix, onLeave } = props;
  const [fixed, setFixed] = useState<Claim>(claim);
  const [acts, setActs] = useState<"" | "subject" | "object">("");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLInputElement>("input:checked")?.focus(), []);
  const correction = toCorrection(claim, fixed, acts);
  const isSame = fixed.subject.curie === fixed.object.curie;
  const submit = (event: Event) => {
    event.preventDefault();
    if (correction !== undefined && !isSame && !isBusy) onFix(correction);
  };
  const press = (event: KeyboardEvent) => {
    const isText = event.target instanceof HTMLInputElement && event.target.type === "text";
    const type = RELATION_TYPES[Number(event.key) - 1];
    if (event.key === "Escape") onLeave();
    else if (isText || type === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    else setFixed({ ...fixed, type });
    event.preventDefault();
  };
  return (
    <form ref={form} class="fix" aria-label="What the paper says instead" onSubmit={submit} onKeyDown={press}>
      <TypeChoice type={fixed.type} onType={(type) => setFixed({ ...fixed, type })} />
      <div class="fix-ends">
        <EndChoice
          label="First end"
          end={fixed.subject}
          onEnd={(subject) => setFixed({ ...fixed, subject })}
        />
        <EndChoice label="Second end" end={fixed.object} onEnd={(object) => setFixed({ ...fixed, object })} />
      </div>
      <ActsChoice claim={fixed} acts={acts} onActs={setActs} />
      <FixEnd isOpen={correction !== undefined && !isSame && !isBusy} onLeave={onLeave}>
        {isSame
          ? "Both ends are one entity; a relation needs two."
          : correction === undefined && "Nothing is changed yet."}
      </FixEnd>
    </form>
  );
}

function FixEnd(props: {
  readonly isOpen: boolean;
  readonly onLeave: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <p class="fix-end">
      <button type="submit" class="primary" disabled={!props.isOpen}>
        Keep the fix <kbd>Enter</kbd>
      </button>
      <button type="button" onClick={props.onLeave}>
        Leave it <kbd>Esc</kbd>
      </button>
      <span class="muted" role="status">
        {props.children}
      </span>
    </p>
  );
}

function TypeChoice(props: { readonly type: RelationType; readonly onType: (type: RelationType) => void }) {
  return (
    <fieldset class="choices">
      <legend>Relation</legend>
      {RELATION_TYPES.map((type, index) => (
        <label key={type} class="choice" title={RELATION_WORDS[type].meaning}>
          <input
            type="radio"
            name="fix-type"
            checked={props.type === type}
            onChange={() => props.onType(type)}
          />
          <span>
            <kbd>{index + 1}</kbd> {RELATION_WORDS[type].label}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function EndChoice(props: { readonly label: string; readonly end: End; readonly onEnd: (end: End) => void }) {
  const { label, end, onEnd } = props;
  return (
    <div class="picker search">
      <Combobox
        id={`fix-${label.replace(" ", "-")}`}
        label={`${label}: ${end.name}`}
        isLabelShown
        placeholder="another one, by name"
        suggest={useEntitySuggestions}
        onChoose={({ key, name }) => onEnd({ curie: key, name })}
      />
    </div>
  );
}

function ActsChoice(props: {
  readonly claim: Claim;
  readonly acts: "" | "subject" | "object";
  readonly onActs: (acts: "" | "subject" | "object") => void;
}) {
  const { subject, object } = props.claim;
  const choices = [
    ["", "as it was"],
    ["subject", `${subject.name} acts on ${object.name}`],
    ["object", `${object.name} acts on ${subject.name}`],
  ] as const;
  return (
    <fieldset class="choices">
      <legend>Direction</legend>
      {choices.map(([value, label]) => (
        <label key={value} class="choice">
          <input
            type="radio"
            name="fix-acts"
            checked={props.acts === value}
            onChange={() => props.onActs(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Only what differs; undefined where nothing does. */
function toCorrection(
  claim: Claim,
  fixed: Claim,
  acts: "" | "subject" | "object",
): CurationCorrection | undefined {
  const correction = {
    ...(fixed.type === claim.type ? {} : { type: fixed.type }),
    ...(fixed.subject.curie === claim.subject.curie ? {} : { subject: fixed.subject.curie }),
    ...(fixed.object.curie === claim.object.curie ? {} : { object: fixed.object.curie }),
    ...(acts === "" ? {} : { acts: fixed[acts].curie }),
  };
  return Object.keys(correction).length === 0 ? undefined : correction;
}
