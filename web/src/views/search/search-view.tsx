/**
 * Everything that a search finds, with a filter by kind.
 */
import { WebSearchDocument, type WebSearchQuery } from "../../../generated/documents.js";
import { EntityBadge, EntityLink } from "../../evidence/badges.js";
import { TableTools } from "../../files/table-tools.js";
import { allRows, type Rows, usePages } from "../../graphql/use-pages.js";
import { listParam, param, setParams, usePlace } from "../../navigation/place.js";
import { useTitle } from "../../questions/kept-questions.js";
import { Choices } from "../../shell/choices.js";
import { More } from "../../shell/more.js";
import { Asking, Failed, Missing } from "../../shell/states.js";
import { counted } from "../../words/numbers.js";
import { ENTITY_WORDS, RELATED_TYPES } from "../../words/vocabulary.js";

const KINDS = RELATED_TYPES.map((value) => ({ value, ...ENTITY_WORDS[value] }));
type Found = WebSearchQuery["searchEntities"]["nodes"][number];

const COLUMNS = [
  { name: "curie", value: (row: Found) => row.curie },
  { name: "name", value: (row: Found) => row.name },
  { name: "type", value: (row: Found) => row.type },
  { name: "relations", value: (row: Found) => row.degree },
  { name: "synonyms", value: (row: Found) => row.synonyms.join("|") },
];

/** The view. */
export function SearchView() {
  usePlace();
  const text = param("q") ?? "";
  const types = listParam("types", RELATED_TYPES);
  useTitle(text === "" ? "Search" : `Search: ${text}`, text !== "");
  const question = {
    document: WebSearchDocument,
    variables: { text, types: types.length > 0 ? types : null },
    pick: (data: WebSearchQuery) => data.searchEntities,
  };
  const found = usePages(text === "" ? null : question);
  if (text === "") return <Missing what="Nothing to look for." cure="Type a name or an identifier above." />;
  return (
    <>
      <h1>Search: “{text}”</h1>
      <Choices
        legend="Kind"
        options={KINDS}
        chosen={types}
        onChange={(chosen) => setParams({ types: chosen.join(",") })}
      />
      <TableTools
        title={`search ${text}`}
        document={question.document}
        variables={question.variables}
        columns={COLUMNS}
        all={(progress, signal) => allRows(question, progress, signal)}
      />
      <FoundList found={found} text={text} />
    </>
  );
}

function FoundList({ found, text }: { readonly found: Rows<Found>; readonly text: string }) {
  if (found.state === "asking") return <Asking what="what was found" />;
  if (found.rows.length === 0 && found.fault !== undefined)
    return <Failed fault={found.fault} again={found.more} />;
  if (found.rows.length === 0) {
    return (
      <Missing
        what={`Nothing in this graph is called “${text}”, and nothing nearly so.`}
        cure="Try another spelling, a synonym, or an identifier such as MESH:D005395. Papers that have not been loaded cannot be found."
      />
    );
  }
  return (
    <>
      <p class="muted" role="status">
        {counted(found.total ?? found.rows.length, "match", "matches")}
      </p>
      <ul class="plain rows">
        {found.rows.map((entity) => (
          <li key={entity.curie} class="row search-row">
            <span class="row-name">
              <EntityLink entity={entity} /> <EntityBadge type={entity.type} />
            </span>
            <code>{entity.curie}</code>
            <span>{counted(entity.degree, "relation")}</span>
            <span class="muted">
              {entity.synonyms
                .filter((name) => name !== entity.name)
                .slice(0, 6)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
      <More list={found} />
    </>
  );
}
