/**
 * An entity: what it is, and its relations with their belief, papers, years and best sentence at once.
 */
import { useState } from "preact/hooks";
import { WebEntityDocument, type WebEntityQuery } from "../../../generated/documents.js";
import { EntityBadge } from "../../evidence/badges.js";
import { useAnswer } from "../../graphql/use-answer.js";
import { discoverHref } from "../../navigation/addresses.js";
import { hrefTo, numberParam, usePlace } from "../../navigation/place.js";
import { useTitle } from "../../questions/kept-questions.js";
import { Answered, Missing } from "../../shell/states.js";
import { EntityRelations } from "./entity-relations.js";

type Found = NonNullable<WebEntityQuery["entity"]>;

/** The view; `name` is the entity's CURIE in any known spelling. */
export function EntityView({ name }: { readonly name: string }) {
  usePlace();
  const asOf = numberParam("asOf") ?? null;
  const answer = useAnswer(WebEntityDocument, { curie: name, asOf });
  const title = answer.state === "ready" ? (answer.data.entity?.name ?? name) : undefined;
  useTitle(title, title !== undefined && title !== name);
  return (
    <Answered answer={answer} what="the entity" rows={10}>
      {({ entity }) =>
        entity == null && asOf !== null ? (
          <Missing
            what={`No paper of this graph names ${name} by the end of ${asOf}.`}
            cure="Move the year above, or go back to today."
          />
        ) : entity == null ? (
          <Missing
            what={`This graph has nothing with the identifier ${name}.`}
            cure={
              <>
                Look for it <a href={hrefTo("/search", { q: name })}>by name</a>. Papers that have not been
                loaded cannot be found.
              </>
            }
          />
        ) : (
          <>
            <EntityHead entity={entity} />
            <EntityRelations curie={entity.curie} name={entity.name} />
          </>
        )
      }
    </Answered>
  );
}

function EntityHead({ entity }: { readonly entity: Found }) {
  const others = entity.synonyms.filter((synonym) => synonym.toLowerCase() !== entity.name.toLowerCase());
  return (
    <header class="entity-head">
      <h1>
        {entity.name} <EntityBadge type={entity.type} />
      </h1>
      <p class="entity-facts">
        <CopyCode text={entity.curie} />
        {others.length > 0 && (
          <span class="muted" title={others.join(" · ")}>
            also {others.slice(0, 5).join(" · ")}
            {others.length > 5 && ` and ${others.length - 5} more`}
          </span>
        )}
      </p>
      <p class="entity-actions">
        <a class="action" href={discoverHref(entity.curie)}>
          What may it be related to?
        </a>
        <a class="action" href={hrefTo("/paths", { from: entity.curie })}>
          Paths from here
        </a>
        <a class="action" href={hrefTo("/graph", { of: entity.curie })}>
          As a picture
        </a>
      </p>
    </header>
  );
}

function CopyCode({ text }: { readonly text: string }) {
  const [said, setSaid] = useState("");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid("copied"),
      () => setSaid("the browser refused"),
    );
  return (
    <button type="button" class="copy-code" title="Copy the identifier" onClick={copy}>
      <code>{text}</code> <span role="status">{said}</span>
    </button>
  );
}
