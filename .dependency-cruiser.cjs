/** Who may import whom. Type imports count: a type is a dependency too. See CONTRIBUTING.md for the map. */
const only = (room, allowed) => ({
  name: `${room.replace("src/", "")}-imports-only`,
  severity: "error",
  comment: `${room} may import only ${allowed.length > 0 ? allowed.join(", ") : "itself"} of our rooms.`,
  from: { path: `^${room}/` },
  to: { path: "^(src|ingest)/", pathNot: [room, ...allowed].map((name) => `^${name}/`) },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: ["^src/cli/main\\.ts$", "\\.d\\.ts$"] },
      to: {},
    },
    {
      name: "no-undeclared",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "unknown", "undetermined"] },
    },
    {
      name: "no-tests-in-source",
      severity: "error",
      from: { path: "^(src|ingest)/" },
      to: { path: "^test/" },
    },
    {
      name: "one-neo4j-driver",
      severity: "error",
      comment: "src/graph is the only room that speaks to the database.",
      from: { path: "^(src|ingest)/", pathNot: "^src/graph/" },
      to: { path: "neo4j-driver" },
    },
    only("src/core", []),
    only("ingest", ["src/core"]),
    only("src/model", ["src/core"]),
    only("src/graph", ["src/core"]),
    only("src/discovery", ["src/core"]),
    only("src/jobs", ["src/core", "src/model", "src/graph"]),
    only("src/api", ["src/core", "src/graph", "src/discovery", "src/jobs"]),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
