/**
 * The name of an entity of which only the identifier is at hand.
 */
import { WebNamesDocument } from "../../generated/documents.js";
import { EntityLink } from "../evidence/badges.js";
import { useAnswer } from "../graphql/use-answer.js";

/** The name as a link; the identifier until it is known, and where it is not. */
export function EntityName({ curie }: { readonly curie: string }) {
  const names = useAnswer(WebNamesDocument, { curies: [curie] });
  const entity = names.state === "ready" ? names.data.entities[0] : undefined;
  return entity == null ? <code>{curie}</code> : <EntityLink entity={entity} />;
}
