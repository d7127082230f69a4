/**
 * Which view an address shows. The start page, search, entity and relation come with the first load; the others are
 * fetched when they are first opened.
 */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { toApiFault } from "./graphql/use-answer.js";
import { usePlace } from "./navigation/place.js";
import { Shell } from "./shell/shell.js";
import { Asking, Failed, Missing } from "./shell/states.js";
import { EntityView } from "./views/entity/entity-view.js";
import { RelationView } from "./views/relation/relation-view.js";
import { SearchView } from "./views/search/search-view.js";
import { StartView } from "./views/start/start-view.js";

/** A view; `name` is the rest of its address. */
type View = ComponentType<{ readonly name: string }>;
/** Fetches a view's program. */
type LazyView = () => Promise<View>;

const HERE: Readonly<Record<string, View>> = {
  "": StartView,
  search: SearchView,
  entity: EntityView,
  relation: RelationView,
};

const LATER: Readonly<Record<string, LazyView>> = {
  publication: async () => (await import("./views/publication/publication-view.js")).PublicationView,
  discover: async () => (await import("./views/discover/discover-view.js")).DiscoverView,
  paths: async () => (await import("./views/paths/paths-view.js")).PathsView,
  extract: async () => (await import("./views/extract/extract-view.js")).ExtractView,
  curate: async () => (await import("./views/curate/curate-view.js")).CurateView,
  graph: async () => (await import("./views/graph/graph-view.js")).GraphView,
  help: async () => (await import("./views/help/help-view.js")).HelpView,
};

/** The whole page. */
export function App() {
  const { path } = usePlace();
  const [, section = "", name = ""] = /^\/([^/]*)\/?(.*)$/.exec(path) ?? [];
  return (
    <Shell section={section}>
      <Section key={section} section={section} name={decodeURIComponent(name)} />
    </Shell>
  );
}

function Section({ section, name }: { readonly section: string; readonly name: string }) {
  const View = HERE[section];
  // A view is made anew for each thing that it shows: nothing of the last one can leak into the next.
  if (View !== undefined) return <View key={name} name={name} />;
  const load = LATER[section];
  if (load !== undefined) return <Later load={load} name={name} />;
  return <Missing what="There is no such page." cure="Search above, or begin at the start page." />;
}

const loaded = new Map<LazyView, View>();

function Later({ load, name }: { readonly load: LazyView; readonly name: string }) {
  const [fault, setFault] = useState<unknown>();
  const [, redraw] = useState(0);
  const View = loaded.get(load);
  useEffect(() => {
    if (View !== undefined) return;
    load().then((view) => {
      loaded.set(load, view);
      redraw((round) => round + 1);
    }, setFault);
  }, [load, View]);
  if (View !== undefined) return <View key={name} name={name} />;
  if (fault !== undefined) return <Failed fault={toApiFault(fault)} again={() => location.reload()} />;
  return <Asking what="this view" />;
}
