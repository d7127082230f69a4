/**
 * Who may import whom. Type imports count: a type is a dependency too. CONTRIBUTING.md has the table in words; a room
 * or a folder that is not listed here is refused, so a new one has to be put somewhere on purpose.
 */
const ROOMS = {
  "src/core": [],
  "src/evaluation": ["src/core"],
  "src/terminal": ["src/core"],
  ingest: ["src/core"],
  "src/model": ["src/core", "src/evaluation"],
  "src/lab": ["src/core", "ingest", "src/model", "src/evaluation", "src/terminal"],
  "src/graph": ["src/core"],
  "src/jobs": ["src/core", "src/graph"],
  "src/discovery": ["src/core", "src/evaluation"],
  "src/api": ["src/core", "src/graph", "src/discovery", "src/jobs"],
};

/**
 * The folders of the rooms that have an order inside: each may import those that stand before it. A room's own top
 * joins its folders, and no folder imports it back.
 */
const FOLDERS = {
  "src/model": [
    "ops",
    "text",
    "inputs",
    "networks",
    "answers",
    "engines",
    "checkpoints",
    "folder",
    "training",
    "process",
  ],
  "src/graph": ["neo4j", "embedded", "container", "read", "write", "export", "bulk"],
  "src/jobs": ["queue", "pipeline"],
  "src/api": ["platform", "graph", "questions", "curation", "extraction", "overview", "exports", "server"],
  "src/discovery": ["adjacency", "walks", "rankers", "paths", "significance", "evaluation"],
  "src/lab": ["evaluation", "training", "experiments", "benches"],
  ingest: ["formats", "download", "lexicon", "corpora", "harmonize", "sources"],
  "ingest/formats": ["reading", "pubtator", "bioc", "tables", "jsonl", "pubmed", "kgx"],
};

const roomRule = ([room, allowed]) => ({
  name: `${room.replace("src/", "")}-imports-only`,
  severity: "error",
  comment: `${room} may import only ${allowed.length > 0 ? allowed.join(", ") : "itself"} of our rooms.`,
  from: { path: `^${room}/` },
  to: { path: "^(src|ingest)/", pathNot: [room, ...allowed].map((name) => `^${name}/`) },
});

const folderRules = ([room, folders]) => [
  {
    name: `${room.replace("src/", "")}-has-only-these-folders`,
    severity: "error",
    comment: `${room} has the folders ${folders.join(", ")}; list a new one in its order.`,
    from: { path: `^${room}/[^/]+/`, pathNot: folders.map((folder) => `^${room}/${folder}/`) },
    to: {},
  },
  ...folders.map((folder, index) => ({
    name: `${room.replace("src/", "")}/${folder}-imports-only`,
    severity: "error",
    comment: `${room}/${folder} may import of ${room} only what stands before it: ${folders.slice(0, index).join(", ") || "nothing"}.`,
    from: { path: `^${room}/${folder}/` },
    to: { path: `^${room}/`, pathNot: folders.slice(0, index + 1).map((name) => `^${room}/${name}/`) },
  })),
];

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
      name: "no-other-rooms",
      severity: "error",
      comment: "Every folder of src is a room with a row above; only the composition root has none.",
      from: { path: "^src/", pathNot: [...Object.keys(ROOMS), "src/cli"].map((room) => `^${room}/`) },
      to: {},
    },
    {
      name: "one-neo4j-driver",
      severity: "error",
      comment: "src/graph is the only room that speaks to the database.",
      from: { path: "^(src|ingest)/", pathNot: "^src/graph/" },
      to: { path: "neo4j-driver" },
    },
    {
      name: "one-place-opens-the-graph",
      severity: "error",
      comment: "Commands ask own-graph.ts for it; a bench makes one of its own.",
      from: { path: "^src/cli/", pathNot: "^src/cli/(own-graph\\.ts|compose\\.ts|commands/bench/)" },
      to: { path: "^src/graph/open-graph\\.ts$" },
    },
    {
      name: "original-tool-is-fenced",
      severity: "error",
      comment: "The original tool's text serves its checkpoints and its rows, and nothing else.",
      from: {
        path: "^(src|ingest)/",
        pathNot: [
          "^src/core/biorex/",
          "^src/model/",
          "^src/lab/",
          "^ingest/(corpora|harmonize|formats/tables)/",
          "^src/cli/commands/convert\\.ts$",
        ],
      },
      to: { path: "^src/core/biorex/" },
    },
    ...Object.entries(ROOMS).map(roomRule),
    ...Object.entries(FOLDERS).flatMap(folderRules),
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
