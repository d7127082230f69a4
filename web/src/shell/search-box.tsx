/**
 * The search field: names, synonyms and identifiers; while nothing is typed, the example and the recent questions.
 */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { entityHref } from "../navigation/addresses.js";
import { go, hrefTo } from "../navigation/place.js";
import { Combobox } from "./combobox.js";
import { type Suggestion, useSearchSuggestions } from "./suggestions.js";

/** The field. `id` tells two of them apart; `isLarge` is the start page's, which has the focus. */
export function Search({ id, isLarge = false }: { readonly id: string; readonly isLarge?: boolean }) {
  const field = useRef<HTMLInputElement>(null);
  useSlashKey(field);
  // Before anybody can see the page, and type.
  useLayoutEffect(() => {
    if (isLarge) field.current?.focus({ preventScroll: true });
  }, [isLarge]);
  const leaveTo = (href: string) => {
    field.current?.blur();
    go(href);
  };
  return (
    <search class={isLarge ? "search search-large" : "search"}>
      <Combobox
        id={id}
        field={field}
        label="Search genes, diseases, chemicals and variants"
        placeholder={isLarge ? "A gene, disease or chemical: name, synonym or identifier" : "Search  ( / )"}
        suggest={useSearchSuggestions}
        onChoose={({ key }: Suggestion) => leaveTo(key.startsWith("/") ? key : entityHref(key))}
        onEnter={(text) => leaveTo(hrefTo("/search", { q: text }))}
      />
    </search>
  );
}

/** "/" goes to the search field from anywhere outside of fields. */
function useSlashKey(field: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isInField =
        event.target instanceof Element && event.target.closest("input, textarea, select") !== null;
      if (event.key !== "/" || isInField || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [field]);
}
