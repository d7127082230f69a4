/**
 * What a browser gets at `/` and `/graphql`: where the endpoint is and how to ask it. Loads nothing from elsewhere,
 * unless the sandbox is asked for.
 */

const EXAMPLES: readonly { readonly title: string; readonly query: string }[] = [
  {
    title: "Find an entity",
    query: `{ searchEntities(text: "fish oil") { nodes { curie name type } } }`,
  },
  {
    title: "Its relations, with the sentences behind them",
    query: `{ entity(curie: "MESH:D005395") {
    name
    relations(first: 5) { nodes { type belief object { name } evidence(first: 2) { nodes { sentence pmid probability model } } } }
} }`,
  },
  {
    title: "Open discovery: what may it be good for?",
    query: `{ discover(from: "MESH:D005395", targetType: DISEASE, first: 5) {
    candidates { entity { curie name } linkingCount linking { entity { name }
      fromRelations { type evidence(first: 1) { nodes { sentence } } }
      toRelations { type evidence(first: 1) { nodes { sentence } } } } }
} }`,
  },
];

/** The page. `url` is the GraphQL endpoint. */
export function landingPage(url: string): string {
  const examples = EXAMPLES.map(
    ({ title, query }) => `<h2>${escaped(title)}</h2><pre>${escaped(query)}</pre>`,
  ).join("\n");
  const first = JSON.stringify({ query: EXAMPLES[0]?.query });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>BioWeft</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:3rem auto;padding:0 1rem}
pre{background:#f4f4f4;padding:1rem;overflow:auto}</style></head>
<body><h1>BioWeft</h1>
<p>GraphQL is at <code>${escaped(url)}</code>: POST for queries, WebSocket (graphql-ws) for subscriptions.
Health is at <a href="/health"><code>/health</code></a>.</p>
<pre>curl -s ${escaped(url)} -H 'content-type: application/json' -d '${escaped(first)}'</pre>
${examples}
</body></html>
`;
}

/** Apollo's sandbox on this endpoint: the page loads its program from Apollo, so it is shown only where that is asked for. */
export function sandboxPage(url: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>BioWeft</title><style>html,body,#sandbox{height:100%;margin:0}</style></head>
<body><div id="sandbox"></div>
<script src="https://embeddable-sandbox.cdn.apollographql.com/_latest/embeddable-sandbox.umd.production.min.js"></script>
<script>new window.EmbeddedSandbox({ target: "#sandbox", initialEndpoint: ${JSON.stringify(url).replaceAll("<", "\\u003c")} });</script>
</body></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
