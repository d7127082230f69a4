/** All formats that the graph and its documents can be exported in: the graph's own, and those that rooms beside it write. */
import { toBioCJson } from "../../../ingest/formats/bioc/bioc-json-writer.js";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { documentForm } from "../../graph/export/document-form.js";
import type { ExportForm } from "../../graph/export/export-form.js";
import { GRAPH_FORMS } from "../../graph/export/graph-forms.js";

/** In the order in which they are listed. */
export const EXPORT_FORMS: readonly ExportForm[] = [
  ...GRAPH_FORMS,
  documentForm({
    ...{ name: "pubtator", description: "documents with mentions and relations as PubTator" },
    ...{ suffix: ".pubtator", mediaType: "text/plain; charset=utf-8", opening: "", between: "", closing: "" },
    toText: (document) => toPubTator(document),
  }),
  documentForm({
    ...{ name: "bioc-json", description: "documents with mentions and relations as BioC JSON" },
    ...{ suffix: ".json", mediaType: "application/json", between: ",\n", closing: "]}\n" },
    opening: '{"source":"BioWeft","date":"","key":"","infons":{},"documents":[\n',
    toText: (document) => JSON.stringify(toBioCJson(document)),
  }),
];
