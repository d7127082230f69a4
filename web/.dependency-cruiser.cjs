/**
 * The explorer's own import rules: it is a program of its own that speaks only GraphQL, so it imports nothing of the
 * other rooms; its folders have an order, and each may import those before it.
 */
const FOLDERS = [
  "words",
  "navigation",
  "graphql",
  "files",
  "questions",
  "evidence",
  "shell",
  "curation",
  "views",
];

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: ["\\.d\\.ts$"] },
      to: {},
    },
    {
      name: "web-imports-only-itself",
      severity: "error",
      comment: "The explorer speaks only GraphQL; what it needs of the graph comes through the API.",
      from: { path: "^web/" },
      to: { path: "^(src|ingest|scripts|test)/" },
    },
    {
      name: "web-has-only-these-folders",
      severity: "error",
      from: { path: "^web/src/[^/]+/", pathNot: FOLDERS.concat("style").map((name) => `^web/src/${name}/`) },
      to: {},
    },
    {
      name: "sigma-only-where-a-graph-is-drawn",
      severity: "error",
      from: { path: "^web/src/", pathNot: "^web/src/views/graph/" },
      to: { path: "(sigma|graphology)" },
    },
    ...FOLDERS.map((folder, index) => ({
      name: `web/${folder}-imports-only`,
      severity: "error",
      from: { path: `^web/src/${folder}/` },
      to: { path: "^web/src/", pathNot: FOLDERS.slice(0, index + 1).map((name) => `^web/src/${name}/`) },
    })),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
