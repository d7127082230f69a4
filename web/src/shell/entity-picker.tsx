/**
 * One end of a question: the entity that the address names, and a field to choose another.
 */
import { WebNamesDocument } from "../../generated/documents.js";
import { EntityLink } from "../evidence/badges.js";
import { useAnswer } from "../graphql/use-answer.js";
import { param, setParams } from "../navigation/place.js";
import { Combobox } from "./combobox.js";
import { useEntitySuggestions } from "./suggestions.js";

/** The picker; `name` is its parameter in the address. An optional end can be taken out. */
export function EntityPicker(props: {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  readonly isOptional?: boolean;
}) {
  const { name, label, placeholder, isOptional = false } = props;
  const curie = param(name);
  const names = useAnswer(WebNamesDocument, curie === undefined ? null : { curies: [curie] });
  const entity = names.state === "ready" ? names.data.entities[0] : undefined;
  if (curie !== undefined) {
    return (
      <div class="picker">
        <span class="combobox-label">{label}</span>
        <span class="picker-chosen">
          {entity == null ? <code>{curie}</code> : <EntityLink entity={entity} />}
          <button type="button" class="quiet" onClick={() => setParams({ [name]: null })}>
            <span aria-hidden="true">✕</span>
            <span class="visually-hidden">
              {isOptional ? `Take out ${label}` : `Choose another for ${label}`}
            </span>
          </button>
        </span>
      </div>
    );
  }
  return (
    <div class="picker search">
      <Combobox
        id={`pick-${name}`}
        label={label}
        isLabelShown
        placeholder={placeholder}
        suggest={useEntitySuggestions}
        onChoose={({ key }) => setParams({ [name]: key })}
      />
    </div>
  );
}
