/**
 * How two entities hang together: the best ways from one to the other, each step with its sentence.
 */
import { WebPathsDocument, type WebPathsQuery } from "../../../generated/documents.js";
import { EntityBadge, EntityLink } from "../../evidence/badges.js";
import { ChainLink } from "../../evidence/chain.js";
import type { Column } from "../../files/table-text.js";
import { TableTools } from "../../files/table-tools.js";
import { useAnswer } from "../../graphql/use-answer.js";
import { allRows } from "../../graphql/use-pages.js";
import { listParam, numberParam, param, setParams, usePlace } from "../../navigation/place.js";
import { useTitle } from "../../questions/kept-questions.js";
import { Choices } from "../../shell/choices.js";
import { EntityPicker } from "../../shell/entity-picker.js";
import { Incomplete } from "../../shell/incomplete.js";
import { NumberField } from "../../shell/number-field.js";
import { SaveQuestion } from "../../shell/save-question.js";
import { Answered, Missing } from "../../shell/states.js";
import { StrengthFields, strengthOfPlace } from "../../shell/strength-fields.js";
import { counted, scoreText } from "../../words/numbers.js";
import { RELATION_TYPES, RELATION_WORDS } from "../../words/vocabulary.js";

type Path = WebPathsQuery["paths"]["paths"][number];

const TYPES = RELATION_TYPES.map((value) => ({ value, ...RELATION_WORDS[value] }));
const COLUMNS: readonly Column<Path>[] = [
  { name: "score", value: ({ score }) => score },
  { name: "hops", value: ({ length }) => length },
  {
    name: "entities",
    value: ({ hops }) => [hops[0]?.from, ...hops.map(({ to }) => to)].map((end) => end?.curie).join(" > "),
  },
  {
    name: "names",
    value: ({ hops }) => [hops[0]?.from, ...hops.map(({ to }) => to)].map((end) => end?.name).join(" > "),
  },
  {
    name: "relation_types",
    value: ({ hops }) => hops.map(({ relations }) => relations.map(({ type }) => type).join("|")).join(" > "),
  },
  { name: "beliefs", value: ({ hops }) => hops.map(({ belief }) => belief).join(" > ") },
  {
    name: "pmids",
    value: ({ hops }) => hops.map(({ relations }) => relations[0]?.evidence.nodes[0]?.pmid ?? "").join(" > "),
  },
];

/** The view. */
export function PathsView() {
  usePlace();
  const from = param("from");
  const to = param("to");
  return (
    <>
      <form class="question" onSubmit={(event) => event.preventDefault()} aria-label="The question">
        <EntityPicker name="from" label="From" placeholder="fish oil" />
        <EntityPicker name="to" label="to" placeholder="Raynaud's disease" />
        <PathFilter />
        {from !== undefined && to !== undefined && <SaveQuestion />}
      </form>
      {from !== undefined && to !== undefined ? (
        <PathsAnswer key={`${from} ${to}`} from={from} to={to} />
      ) : (
        <Introduction />
      )}
    </>
  );
}

function Introduction() {
  useTitle("Paths", false);
  return (
    <div class="prose">
      <h1>How do two things hang together?</h1>
      <p>
        Choose two, and see the best ways from one to the other, with the sentence behind each step. A way is
        ranked by the product of its beliefs, and what is related to everything counts little on the way.
      </p>
    </div>
  );
}

function PathFilter() {
  return (
    <details class="question-filter">
      <summary>More</summary>
      <NumberField
        label="steps at most"
        name="hops"
        value={numberParam("hops") ?? 3}
        min={1}
        max={4}
        step={1}
      />
      <StrengthFields />
      <Choices
        legend="Steps are"
        options={TYPES}
        chosen={listParam("types", RELATION_TYPES)}
        onChange={(types) => setParams({ types: types.join(",") })}
      />
    </details>
  );
}

function pathVariables(from: string, to: string) {
  const types = listParam("types", RELATION_TYPES);
  return {
    from,
    to,
    maxHops: numberParam("hops") ?? 3,
    filter: { types: types.length > 0 ? types : null, ...strengthOfPlace() },
    asOf: numberParam("asOf") ?? null,
    first: 25,
  };
}

function PathsAnswer({ from, to }: { readonly from: string; readonly to: string }) {
  const variables = pathVariables(from, to);
  const question = {
    document: WebPathsDocument,
    variables,
    pick: ({ paths }: WebPathsQuery) => ({ ...paths, nodes: paths.paths }),
  };
  const answer = useAnswer(WebPathsDocument, variables);
  const first = answer.state === "ready" ? answer.data.paths.paths[0] : undefined;
  useTitle(
    first === undefined
      ? undefined
      : `Paths from ${first.hops[0]?.from.name} to ${first.hops.at(-1)?.to.name}`,
  );
  return (
    <Answered answer={answer} what="paths" rows={8}>
      {({ paths: { paths, pageInfo, completeness } }) => (
        <>
          <div class="list-head">
            <h1>
              {pageInfo.hasNextPage ? "The best " : ""}
              {counted(paths.length, "path")}
            </h1>
            <TableTools
              title={`paths ${from} ${to}`}
              document={WebPathsDocument}
              variables={variables}
              columns={COLUMNS}
              all={(progress, signal) => allRows(question, progress, signal)}
            />
          </div>
          {paths.length === 0 && (
            <Missing
              what="There is no way from one to the other."
              cure="Allow more steps or weaker relations under More, or go back to today if a year is set."
            />
          )}
          <ol class="plain">
            {paths.map((path) => (
              <PathRow key={path.hops.map(({ to: end }) => end.curie).join()} path={path} />
            ))}
          </ol>
          <Incomplete completeness={completeness} />
        </>
      )}
    </Answered>
  );
}

function PathRow({ path: { hops, score } }: { readonly path: Path }) {
  return (
    <li class="path">
      <p class="muted">score {scoreText(score)}</p>
      <div class="path-hops">
        {hops.map(({ from, to, relations }, index) => (
          <div key={to.curie} class="path-hop">
            {index === 0 && <PathEnd entity={from} />}
            <div class="path-link">
              <ChainLink relations={relations} first={from.curie} />
            </div>
            <PathEnd entity={to} />
          </div>
        ))}
      </div>
    </li>
  );
}

function PathEnd({ entity }: { readonly entity: Path["hops"][number]["from"] }) {
  return (
    <p class="path-end">
      <EntityLink entity={entity} /> <EntityBadge type={entity.type} />
    </p>
  );
}
