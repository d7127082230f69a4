/**
 * The list under the search field.
 */
import type { Suggestion } from "./suggestions.js";

/** The suggestions as a listbox; says so where nothing was found. */
export function SearchOptions(props: {
  readonly id: string;
  readonly text: string;
  readonly isShown: boolean;
  readonly suggestions: readonly Suggestion[];
  readonly chosen: number;
  readonly onChoose: (href: string) => void;
}) {
  const { id, text, isShown, suggestions, chosen, onChoose } = props;
  const isEmpty = suggestions.length === 0;
  return (
    <>
      <ul
        id={`${id}-options`}
        class="options"
        role="listbox"
        aria-label="Suggestions"
        hidden={!isShown || isEmpty}
      >
        {suggestions.map((suggestion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's
          <li
            key={suggestion.href}
            id={`${id}-option-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            // The field keeps the focus; the click comes after.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(suggestion.href)}
          >
            <span class="option-name">{suggestion.name}</span>
            <span class="option-detail">{suggestion.detail}</span>
          </li>
        ))}
      </ul>
      {isShown && isEmpty && (
        <p class="options options-empty" role="status">
          Nothing is called “{text.trim()}” here, and nothing nearly so. Try another spelling or an identifier such as
          MESH:D005395.
        </p>
      )}
    </>
  );
}
