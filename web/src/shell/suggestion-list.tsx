/**
 * The list under a field with suggestions.
 */
import type { Suggestion } from "./suggestions.js";

/** The suggestions as a listbox; says so where nothing was found. */
export function SuggestionList(props: {
  readonly id: string;
  readonly text: string;
  readonly isShown: boolean;
  readonly suggestions: readonly Suggestion[];
  readonly chosen: number;
  readonly onChoose: (suggestion: Suggestion) => void;
}) {
  const { id, text, isShown, suggestions, chosen, onChoose } = props;
  const isEmpty = suggestions.length === 0;
  return (
    <>
      <div
        id={`${id}-options`}
        class="options"
        role="listbox"
        aria-label="Suggestions"
        hidden={!isShown || isEmpty}
      >
        {suggestions.map((suggestion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's
          <div
            key={suggestion.key}
            id={`${id}-option-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            // The field keeps the focus; the click comes after.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(suggestion)}
          >
            <span class="option-name">{suggestion.name}</span>
            <span class="option-detail">{suggestion.detail}</span>
          </div>
        ))}
      </div>
      {isShown && isEmpty && (
        <p class="options options-empty" role="status">
          Nothing is called “{text.trim()}” here, and nothing nearly so. Try another spelling or an identifier
          such as MESH:D005395.
        </p>
      )}
    </>
  );
}
