/**
 * Search with type-ahead, by keyboard: names, synonyms and identifiers; while nothing is typed, the recent and the
 * example questions. Follows the combobox pattern of WAI-ARIA.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { go, hrefTo } from "../navigation/place.js";
import { SearchOptions } from "./search-options.js";
import { useSuggestions } from "./suggestions.js";

/** The search field. `id` tells two of them apart; `isLarge` is the start page's, which has the focus. */
export function Search({ id, isLarge = false }: { readonly id: string; readonly isLarge?: boolean }) {
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const { suggestions, isAsking } = useSuggestions(text, isOpen);
  const field = useRef<HTMLInputElement>(null);
  useSlashKey(field);
  useEffect(() => {
    if (isLarge) field.current?.focus({ preventScroll: true });
  }, [isLarge]);
  const close = () => {
    setOpen(false);
    setChosen(-1);
  };
  const leaveTo = (href: string) => {
    close();
    setText("");
    field.current?.blur();
    go(href);
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setOpen(true);
      const count = suggestions.length;
      if (count > 0) setChosen(((chosen < 0 && step < 0 ? 0 : chosen) + step + count) % count);
    } else if (event.key === "Escape") {
      close();
    } else if (event.key === "Enter" && text.trim() + (suggestions[chosen]?.href ?? "") !== "") {
      event.preventDefault();
      leaveTo(suggestions[chosen]?.href ?? hrefTo("/search", { q: text.trim() }));
    }
  };
  const isShown = isOpen && (suggestions.length > 0 || (text.trim() !== "" && !isAsking));
  return (
    <search class={isLarge ? "search search-large" : "search"}>
      <label class="visually-hidden" for={id}>
        Search genes, diseases, chemicals and variants
      </label>
      <input
        id={id}
        ref={field}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder={isLarge ? "A gene, disease or chemical: name, synonym or identifier" : "Search  ( / )"}
        aria-expanded={isShown}
        aria-controls={`${id}-options`}
        aria-autocomplete="list"
        aria-activedescendant={chosen >= 0 && isShown ? `${id}-option-${chosen}` : undefined}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setChosen(-1);
          setOpen(true);
        }}
        onKeyDown={press}
        onClick={() => setOpen(true)}
        onBlur={close}
      />
      <SearchOptions id={id} text={text} isShown={isShown} suggestions={suggestions} chosen={chosen} onChoose={leaveTo} />
    </search>
  );
}

/** "/" goes to the search field from anywhere outside of fields. */
function useSlashKey(field: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isInField = event.target instanceof Element && event.target.closest("input, textarea, select") !== null;
      if (event.key !== "/" || isInField || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [field]);
}
