/**
 * The picture's twin: the same links as a table, each of which can be followed, and whose ends can be opened.
 */

import { WebNeighboursDocument } from "../../../generated/documents.js";
import { EntityLink, RelationBadge } from "../../evidence/badges.js";
import { BeliefBar } from "../../evidence/belief-bar.js";
import type { Column } from "../../files/table-text.js";
import { TableTools } from "../../files/table-tools.js";
import { relationHref } from "../../navigation/addresses.js";
import { numberParam } from "../../navigation/place.js";
import { counted } from "../../words/numbers.js";
import type { DrawnEdge, DrawnNode } from "./use-opened.js";

const COLUMNS: readonly Column<DrawnEdge>[] = [
  { name: "from", value: ({ from }) => from },
  { name: "to", value: ({ to }) => to },
  { name: "relation_type", value: ({ type }) => type },
  { name: "belief", value: ({ belief }) => belief },
  { name: "papers", value: ({ papers }) => papers },
];

/** The table. */
export function GraphTable(props: {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly opened: readonly string[];
  readonly onOpen: (curie: string) => void;
}) {
  const { nodes, edges, opened, onOpen } = props;
  const byCurie = new Map(nodes.map((node) => [node.curie, node]));
  const [of = ""] = opened;
  return (
    <section aria-labelledby="twin">
      <div class="list-head">
        <h2 id="twin">The same as a table</h2>
        <TableTools
          title={`links around ${byCurie.get(of)?.name ?? of}`}
          document={WebNeighboursDocument}
          variables={{ curie: of, asOf: numberParam("asOf") ?? null, first: 60 }}
          columns={COLUMNS}
          all={async () => edges}
        />
      </div>
      <div class="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Between</th>
              <th scope="col">Likeliest relation</th>
              <th scope="col">Belief</th>
              <th scope="col">Evidence</th>
              <th scope="col">Open</th>
            </tr>
          </thead>
          <tbody>
            {edges.map((edge) => (
              <Row
                key={`${edge.from} ${edge.to}`}
                edge={edge}
                byCurie={byCurie}
                opened={opened}
                onOpen={onOpen}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row(props: {
  readonly edge: DrawnEdge;
  readonly byCurie: ReadonlyMap<string, DrawnNode>;
  readonly opened: readonly string[];
  readonly onOpen: (curie: string) => void;
}) {
  const { edge, byCurie, opened, onOpen } = props;
  const ends = [byCurie.get(edge.from), byCurie.get(edge.to)].filter((end) => end !== undefined);
  const closed = ends.filter(({ curie }) => !opened.includes(curie));
  return (
    <tr>
      <td>
        {ends.map((end, index) => (
          <span key={end.curie}>
            {index > 0 && " – "}
            <EntityLink entity={end} />
          </span>
        ))}
      </td>
      <td>
        <RelationBadge type={edge.type} />
      </td>
      <td>
        <BeliefBar value={edge.belief} />
      </td>
      <td>
        <a href={relationHref(edge.relation)}>{counted(edge.papers, "paper")}</a>
      </td>
      <td>
        {closed.map(({ curie, name }) => (
          <button key={curie} type="button" onClick={() => onOpen(curie)}>
            {name}
          </button>
        ))}
      </td>
    </tr>
  );
}
