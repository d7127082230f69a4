/**
 * A part of the graph as a picture that grows on click, with a table of the same beside it for keyboards, screen
 * readers and machines without WebGL. What is opened is part of the address.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { param, setParams, usePlace } from "../../navigation/place.js";
import { useTitle } from "../../questions/kept-questions.js";
import { EntityPicker } from "../../shell/entity-picker.js";
import { Failed, Missing } from "../../shell/states.js";
import { counted } from "../../words/numbers.js";
import { GraphTable } from "./graph-table.js";
import type { Picture } from "./picture.js";
import { savePicture } from "./save-picture.js";
import { useOpened } from "./use-opened.js";

/** The view. */
export function GraphView() {
  usePlace();
  const of = param("of");
  return (
    <>
      <form class="question" onSubmit={(event) => event.preventDefault()} aria-label="The picture">
        <EntityPicker name="of" label="Around" placeholder="fish oil" />
      </form>
      {of === undefined ? (
        <Missing
          what="Nothing is drawn yet."
          cure="Choose an entity to begin with; a click on another one opens it."
        />
      ) : (
        <Drawn key={of} of={of} />
      )}
    </>
  );
}

function Drawn({ of }: { readonly of: string }) {
  const others = param("open")?.split(",") ?? [];
  const opened = useOpened([of, ...others]);
  const { nodes, edges, names } = opened;
  useTitle(names.get(of) === undefined ? undefined : `Around ${names.get(of)}`);
  const open = (curie: string) => {
    if (curie !== of && !others.includes(curie)) setParams({ open: [...others, curie].join(",") });
  };
  if (opened.fault !== undefined) return <Failed fault={opened.fault} />;
  if (opened.isMissing)
    return <Missing what={`This graph has nothing with the identifier ${of}.`} cure="Choose another." />;
  return (
    <>
      <h1>Around {names.get(of) ?? of}</h1>
      <p class="muted" role="status">
        {counted(nodes.length, "entity", "entities")}, {counted(edges.length, "link")}. Of each opened entity
        the 60 most believed neighbours are drawn. A click opens an entity.
      </p>
      <Canvas nodes={nodes} edges={edges} onOpen={open} name={names.get(of) ?? of} />
      <GraphTable nodes={nodes} edges={edges} opened={[of, ...others]} onOpen={open} />
    </>
  );
}

interface CanvasProps {
  readonly nodes: ReturnType<typeof useOpened>["nodes"];
  readonly edges: ReturnType<typeof useOpened>["edges"];
  readonly onOpen: (curie: string) => void;
  readonly name: string;
}

/** The picture; where there is no WebGL it says so, and the table stands for it. */
function Canvas(props: CanvasProps) {
  const { name } = props;
  const { place, picture, state } = usePicture(props);
  const save = (format: "png" | "svg") => {
    if (picture.current !== undefined) savePicture(picture.current, format, `around ${name}`);
  };
  return (
    <>
      {state === "no-webgl" && (
        <p class="notice" role="status">
          This browser draws no WebGL, so there is no picture. The table below has all of it.
        </p>
      )}
      <div
        ref={place}
        class="canvas"
        hidden={state === "no-webgl"}
        role="img"
        aria-label={`Picture of the entities around ${name}; the table below has the same`}
      />
      {state === "drawn" && (
        <p class="tools">
          Save the picture as
          <button type="button" onClick={() => save("png")}>
            PNG
          </button>
          <button type="button" onClick={() => save("svg")}>
            SVG
          </button>
        </p>
      )}
    </>
  );
}

/** Fetches what draws, draws into its place, and gives everything back when the view is left. */
function usePicture({ nodes, edges, onOpen }: CanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const picture = useRef<Picture>();
  const latest = useRef(onOpen);
  latest.current = onOpen;
  const [state, setState] = useState<"loading" | "drawn" | "no-webgl">("loading");
  useEffect(() => {
    let isGone = false;
    import("./picture.js").then(({ drawPicture }) => {
      if (isGone || place.current === null) return;
      picture.current = drawPicture(place.current, (curie) => latest.current(curie));
      setState(picture.current === undefined ? "no-webgl" : "drawn");
    });
    return () => {
      isGone = true;
      picture.current?.dispose();
      picture.current = undefined;
    };
  }, []);
  useEffect(() => {
    if (state === "drawn") picture.current?.show(nodes, edges);
  }, [state, nodes, edges]);
  return { place, picture, state };
}
