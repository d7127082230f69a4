/**
 * What stands at the head of every table: its files (all rows, not just those on the screen), the question as GraphQL
 * and as curl, and citations where the rows have papers.
 */
import { useRef, useState } from "preact/hooks";
import { endpoint } from "../graphql/client.js";
import { countText } from "../words/numbers.js";
import { type Asked, toCurl, toGraphqlText } from "./asked.js";
import { type Citation, toBibtex, toRis } from "./citations.js";
import { fileName, saveText } from "./save-file.js";
import { type Column, toJson, toTsv } from "./table-text.js";

/** A table that can be taken away. */
interface TableToolsProps<Row> extends Asked {
  /** Names the files. */
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  /** Gets every row, saying how many are here. */
  readonly all: (progress: (rows: number) => void, signal: AbortSignal) => Promise<readonly Row[]>;
  /** The papers of the rows, for citations. */
  readonly papers?: (rows: readonly Row[]) => readonly Citation[];
}

type Format = "TSV" | "JSON" | "RIS" | "BibTeX";

/** The row of buttons. */
export function TableTools<Row>(props: TableToolsProps<Row>) {
  const { running, said, run, copy } = useTakingAway(props);
  const formats: Format[] = props.papers === undefined ? ["TSV", "JSON"] : ["TSV", "JSON", "RIS", "BibTeX"];
  return (
    <fieldset class="tools">
      <legend class="visually-hidden">Take this table away</legend>
      <span class="tools-label">Download</span>
      {formats.map((format) => (
        <button key={format} type="button" disabled={running !== undefined} onClick={() => run(format)}>
          {format}
        </button>
      ))}
      <span class="tools-label">Copy</span>
      <button type="button" onClick={() => copy("GraphQL", toGraphqlText(props))}>
        GraphQL
      </button>
      <button type="button" onClick={() => copy("curl", toCurl(props, endpoint()))}>
        curl
      </button>
      <span class="tools-said" role="status">
        {said}
      </span>
      {running !== undefined && (
        <button type="button" onClick={() => running.abort()}>
          Stop
        </button>
      )}
    </fieldset>
  );
}

function useTakingAway<Row>(props: TableToolsProps<Row>) {
  const [running, setRunning] = useState<AbortController>();
  const [said, setSaid] = useState("");
  const latest = useRef(props);
  latest.current = props;
  const run = async (format: Format) => {
    const stop = new AbortController();
    setRunning(stop);
    setSaid("Collecting …");
    try {
      const rows = await latest.current.all((count) => setSaid(`${countText(count)} rows …`), stop.signal);
      save(latest.current, format, rows);
      setSaid(`${countText(rows.length)} ${rows.length === 1 ? "row" : "rows"} saved`);
    } catch (cause) {
      const words = cause instanceof Error ? cause.message : String(cause);
      setSaid(stop.signal.aborted ? "Stopped; nothing was saved" : `Not saved: ${words}`);
    }
    setRunning(undefined);
  };
  const copy = (what: string, text: string) =>
    navigator.clipboard.writeText(text).then(
      () => setSaid(`Copied as ${what}`),
      () => {
        saveText(fileName(`${latest.current.title} ${what}`, "txt"), "text/plain", text);
        setSaid(`The browser refused the clipboard: saved as a file instead`);
      },
    );
  return { running, said, run, copy };
}

function save<Row>(props: TableToolsProps<Row>, format: Format, rows: readonly Row[]): void {
  const { title, columns, papers } = props;
  if (format === "TSV") {
    saveText(fileName(title, "tsv"), "text/tab-separated-values", toTsv(columns, rows, props));
  } else if (format === "JSON") {
    saveText(fileName(title, "json"), "application/json", toJson(columns, rows, props));
  } else if (format === "RIS") {
    saveText(fileName(title, "ris"), "application/x-research-info-systems", toRis(papers?.(rows) ?? []));
  } else {
    saveText(fileName(title, "bib"), "application/x-bibtex", toBibtex(papers?.(rows) ?? []));
  }
}
