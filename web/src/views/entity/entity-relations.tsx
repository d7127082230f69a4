/**
 * An entity's relations: the filter beside, the list as long as it is, drawn only where it is seen.
 */
import {
  WebEntityRelationsDocument,
  type WebEntityRelationsQuery,
  WebRelationCountsDocument,
} from "../../../generated/documents.js";
import { distinctPapers } from "../../files/citations.js";
import { TableTools } from "../../files/table-tools.js";
import { useAnswer } from "../../graphql/use-answer.js";
import { allRows, usePages } from "../../graphql/use-pages.js";
import { setParams } from "../../navigation/place.js";
import { More } from "../../shell/more.js";
import { Asking, Failed, Missing } from "../../shell/states.js";
import { counted } from "../../words/numbers.js";
import { FilterPanel } from "./filter-panel.js";
import { columnsFrom, type RelationRow } from "./relation-columns.js";
import { FILTER_PARAMS, filterOfPlace, isFiltering, toVariables } from "./relation-filter.js";
import { RelationList } from "./relation-list.js";
import { YearsChart } from "./years-chart.js";

/** The filter and the list. */
export function EntityRelations({ curie, name }: { readonly curie: string; readonly name: string }) {
  const filter = filterOfPlace();
  const question = {
    document: WebEntityRelationsDocument,
    variables: toVariables(curie, filter),
    pick: (data: WebEntityRelationsQuery) => data.entity?.relations,
  };
  const list = usePages(question);
  const { asOf } = question.variables;
  // Of all its relations: what could be chosen, whatever is chosen now.
  const retracted = filter.retracted === "EXCLUDE" ? null : { retracted: filter.retracted };
  const counts = useAnswer(WebRelationCountsDocument, { curie, asOf, filter: retracted });
  return (
    <div class="with-side">
      <FilterPanel filter={filter} counts={counts} />
      <section class="side-main" aria-label="Relations">
        <YearsChart counts={counts} />
        <div class="list-head">
          <h2>
            <span role="status">
              {list.total === undefined ? "Relations" : counted(list.total, "relation")}
              {isFiltering(filter) && list.total !== undefined && " pass the filter"}
            </span>
          </h2>
          <TableTools<RelationRow>
            title={`relations of ${name}`}
            document={question.document}
            variables={question.variables}
            columns={columnsFrom(curie)}
            all={(progress, signal) => allRows(question, progress, signal)}
            papers={(rows) => distinctPapers(rows.flatMap(({ evidence }) => evidence.nodes))}
          />
        </div>
        {list.state === "asking" && <Asking what="relations" rows={12} />}
        {list.rows.length === 0 && list.fault !== undefined && (
          <Failed fault={list.fault} again={list.more} />
        )}
        {list.rows.length === 0 && list.state === "ready" && <Nothing isFiltered={isFiltering(filter)} />}
        {list.rows.length > 0 && (
          <>
            <RelationList curie={curie} rows={list.rows} />
            <More list={list} />
          </>
        )}
      </section>
    </div>
  );
}

/** Why there is nothing: the filter, the year, or the graph. */
function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  if (!isFiltered) {
    return (
      <Missing
        what="No relation of it is known here."
        cure="The papers that were loaded name it, and relate it to nothing; or none had appeared by the year that is set above."
      />
    );
  }
  const clear = () => setParams(Object.fromEntries(FILTER_PARAMS.map((name) => [name, null])));
  return (
    <Missing
      what="No relation passes the filter."
      cure={
        <button type="button" onClick={clear}>
          Clear the filter
        </button>
      }
    />
  );
}
