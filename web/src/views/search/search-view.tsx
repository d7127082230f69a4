/**
 * Everything that a search finds, with a filter by kind.
 */
import {
  WebNamesThenDocument,
  WebSearchDocument,
  type WebSearchQuery,
} from "../../../generated/documents.js";
import { EntityBadge, EntityLink } from "../../evidence/badges.js";
import { TableTools } from "../../files/table-tools.js";
import { useAnswer } from "../../graphql/use-answer.js";
import { allRows, type Rows, usePages } from "../../graphql/use-pages.js";
import { listParam, numberParam, param, setParams, usePlace } from "../../navigation/place.js";
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
      <div class="list-head">
        <h2>
          <span role="status">
            {found.total === undefined ? "Matches" : counted(found.total, "match", "matches")}
          </span>
        </h2>
        <TableTools
          title={`search ${text}`}
          document={question.document}
          variables={question.variables}
          columns={COLUMNS}
          all={(progress, signal) => allRows(question, progress, signal)}
        />
      </div>
      <FoundList found={found} text={text} />
    </>
  );
}

function FoundList({ found, text }: { readonly found: Rows<Found>; readonly text: string }) {
  const then = useThen(found.rows);
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
      <ul class="plain rows">
        {found.rows.map((entity) => (
          <li key={entity.curie} class="row search-row">
            <span class="row-name">
              <EntityLink entity={entity} /> <EntityBadge type={entity.type} />
            </span>
            <code>{entity.curie}</code>
            <Degree entity={entity} then={then} />
            <span class="muted">
              {entity.synonyms
                .filter((name) => name.toLowerCase() !== entity.name.toLowerCase())
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

/** How the entities stood at the end of the year that is asked as of; undefined for today, and until it is known. */
function useThen(rows: readonly Found[]): ReadonlyMap<string, number> | undefined {
  const asOf = numberParam("asOf");
  const curies = rows.map(({ curie }) => curie);
  const answer = useAnswer(
    WebNamesThenDocument,
    asOf === undefined || curies.length === 0 ? null : { curies, asOf },
  );
  if (asOf === undefined || answer.state !== "ready") return undefined;
  return new Map(
    answer.data.entities.flatMap((entity) => (entity == null ? [] : [[entity.curie, entity.degree]])),
  );
}

/** What it is related to, as of the year where one is set. */
function Degree(props: { readonly entity: Found; readonly then: ReadonlyMap<string, number> | undefined }) {
  const { entity, then } = props;
  const asOf = numberParam("asOf");
  if (asOf === undefined) return <span>{counted(entity.degree, "relation")}</span>;
  if (then === undefined) return <span class="muted">…</span>;
  const degree = then.get(entity.curie);
  return degree === undefined ? (
    <span class="muted">no paper by {asOf}</span>
  ) : (
    <span>{counted(degree, "relation")}</span>
  );
}
