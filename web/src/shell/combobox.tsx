/**
 * A field with suggestions, by keyboard: WAI-ARIA's combobox. What is suggested is the caller's.
 */
import type { Ref } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { SuggestionList } from "./suggestion-list.js";
import type { Suggestion } from "./suggestions.js";

/** What a combobox needs. */
interface ComboboxProps {
  /** Unique on the page. */
  readonly id: string;
  readonly label: string;
  readonly isLabelShown?: boolean;
  readonly placeholder: string;
  readonly field?: Ref<HTMLInputElement>;
  /** Gives suggestions for a text while the list is open; a hook. */
  readonly suggest: (
    text: string,
    isOpen: boolean,
  ) => { suggestions: readonly Suggestion[]; isAsking: boolean };
  readonly onChoose: (suggestion: Suggestion) => void;
  /** Enter with nothing chosen. */
  readonly onEnter?: (text: string) => void;
}

/** The field and its list. */
export function Combobox(props: ComboboxProps) {
  const { id, label, placeholder, field, onChoose } = props;
  const { text, chosen, suggestions, isShown, type, press, open, close, leave } = useCombobox(props);
  return (
    <>
      <label class={props.isLabelShown === true ? "combobox-label" : "visually-hidden"} for={id}>
        {label}
      </label>
      <input
        id={id}
        ref={field ?? null}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        aria-expanded={isShown}
        aria-controls={`${id}-options`}
        aria-autocomplete="list"
        aria-activedescendant={chosen >= 0 && isShown ? `${id}-option-${chosen}` : undefined}
        value={text}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={press}
        onClick={open}
        onBlur={close}
      />
      <SuggestionList
        id={id}
        text={text}
        isShown={isShown}
        suggestions={suggestions}
        chosen={chosen}
        onChoose={(suggestion) => leave(() => onChoose(suggestion))}
      />
    </>
  );
}

/**
 * What is typed, whether the list is open, which line is chosen, and what keys do; keys that come before the suggestions act
 * when those are here.
 */
function useCombobox({ suggest, onChoose, onEnter }: ComboboxProps) {
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const { suggestions, isAsking } = suggest(text, isOpen);
  const open = () => setOpen(true);
  const close = () => {
    setOpen(false);
    setChosen(-1);
  };
  const type = (typed: string) => {
    setText(typed);
    setChosen(-1);
    setOpen(true);
  };
  const leave = (act: () => void) => {
    close();
    setText("");
    act();
  };
  const isEntered = useRef(false);
  useEffect(() => {
    const suggestion = isEntered.current ? suggestions[chosen] : undefined;
    if (suggestion === undefined) return;
    isEntered.current = false;
    leave(() => onChoose(suggestion));
  }, [suggestions.length]);
  const enter = () => {
    const suggestion = suggestions[chosen];
    if (suggestion !== undefined) leave(() => onChoose(suggestion));
    else if (chosen >= 0) isEntered.current = true;
    else if (text.trim() !== "" && onEnter !== undefined) leave(() => onEnter(text.trim()));
    else if (suggestions.length > 0 && text.trim() !== "") setChosen(0);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    const { length: count } = suggestions;
    // Nothing is typed or chosen: Enter is the form's.
    if (event.key === "Enter" && text.trim() === "" && chosen < 0) return;
    if (event.key === "Escape") close();
    if (event.key === "Enter") enter();
    else isEntered.current = false;
    if (step !== 0) open();
    if (step !== 0 || event.key === "Enter") event.preventDefault();
    if (step !== 0 && count > 0) setChosen(((chosen < 0 && step < 0 ? 0 : chosen) + step + count) % count);
    else if (step > 0) setChosen(0);
  };
  const isShown = isOpen && (suggestions.length > 0 || (text.trim() !== "" && !isAsking));
  return { text, chosen, suggestions, isShown, type, press, open, close, leave };
}
