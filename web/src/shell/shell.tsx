/**
 * What stands round every view: name, search, the views, the year that everything is asked as of, theme and help.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { hrefTo, numberParam, setParams, usePlace } from "../navigation/place.js";
import { KeyBox } from "./key-box.js";
import { Search } from "./search-box.js";
import { ThemeButton } from "./theme-button.js";
import { YearControl } from "./year-control.js";

const VIEWS: readonly (readonly [section: string, label: string])[] = [
  ["discover", "Discover"],
  ["paths", "Paths"],
  ["graph", "Picture"],
  ["extract", "Extract"],
  ["curate", "Curate"],
];

/** The frame of the page. The view takes the focus when it changes, so that a screen reader begins there. */
export function Shell({
  section,
  children,
}: {
  readonly section: string;
  readonly children: ComponentChildren;
}) {
  const { path } = usePlace();
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  // the focus moves when the view does
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    const focused = document.activeElement;
    if (focused === null || focused === document.body || !main.current?.contains(focused))
      main.current?.focus();
  }, [path]);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Top section={section} />
      <AsOfBanner />
      <main id="main" tabIndex={-1} ref={main} class={`view view-${section || "start"}`}>
        {children}
      </main>
      <Foot />
    </>
  );
}

/** Says on every view that it shows the past. */
function AsOfBanner() {
  usePlace();
  const asOf = numberParam("asOf");
  if (asOf === undefined) return null;
  return (
    <div class="as-of-banner" role="status">
      <p>
        Everything is shown <strong>as of the end of {asOf}</strong>: only papers published by then count, and
        papers without a year do not.
      </p>
      <button type="button" onClick={() => setParams({ asOf: null })}>
        Back to today
      </button>
    </div>
  );
}

function Top({ section }: { readonly section: string }) {
  return (
    <header class="top">
      <a class="brand" href={hrefTo("/")} aria-label="BioWeft, start page">
        <img src="/icon.svg" alt="" width="24" height="24" />
        BioWeft
      </a>
      {section !== "" && <Search id="top-search" />}
      <nav class="views" aria-label="Views">
        {VIEWS.map(([name, label]) => (
          <a key={name} href={hrefTo(`/${name}`)} aria-current={section === name ? "page" : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <div class="top-end">
        <YearControl />
        <ThemeButton />
        <a class="quiet" href={hrefTo("/help")}>
          Help
        </a>
      </div>
    </header>
  );
}

function Foot() {
  return (
    <footer class="foot">
      <p>
        Read by machines from papers and shown with its evidence: check the sentence before you rely on it.
        Nothing here is medical advice.
      </p>
      <p class="foot-links">
        <a href="/graphql">GraphQL endpoint</a> <a href={hrefTo("/help")}>How to read this page</a> <KeyBox />
      </p>
    </footer>
  );
}
