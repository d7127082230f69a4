import { join } from "node:path";
import { isInt } from "neo4j-driver";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import {
  loadStatements,
  parseStatement,
  statementByName,
  toParams,
} from "../../../src/graph/neo4j/statements.js";

const HEADER = `// What it does.
// params: ids [string] (a remark, with a comma), limit int,
//         rows [{id, name}], years [int] or null
// returns: id
// index: relation_id (unique)
`;

describe("parseStatement", () => {
  it("reads parameters over several lines, without remarks", () => {
    const { name, params } = parseStatement("cypher/read/some-name.cypher", `${HEADER}RETURN 1`);
    expect(name).toBe("some-name");
    expect([...params.keys()]).toEqual(["ids", "limit", "rows", "years"]);
    expect(params.get("limit")).toBe("int");
  });

  it.each(["params", "returns", "index"])("refuses a header without %s", (key) => {
    const source = HEADER.replace(`// ${key}:`, "// nothing");
    expect(() => parseStatement("x.cypher", source)).toThrow(`x.cypher: the header lacks "// ${key}: …"`);
  });
});

describe("toParams", () => {
  const statement = parseStatement("x.cypher", HEADER);

  it("makes integers of what is declared int, and of nothing else", () => {
    const values = toParams(statement, { ids: ["a"], limit: 5, rows: [{ id: 1 }], years: [1999] });
    expect(isInt(values["limit"])).toBe(true);
    expect((values["years"] as unknown[]).every(isInt)).toBe(true);
    expect(values["rows"]).toEqual([{ id: 1 }]);
  });

  it("keeps null", () => {
    expect(toParams(statement, { ids: [], limit: 1, rows: [], years: null })["years"]).toBeNull();
  });

  it("refuses a missing parameter", () => {
    expect(() => toParams(statement, { ids: [], rows: [], years: null })).toThrow(
      'Cypher statement "x" lacks the parameter $limit',
    );
  });
});

describe("the statements of the project", () => {
  it("declare every parameter that they use, and use every one that they declare", () => {
    for (const { name, text, params } of loadStatements(join(PACKAGE_ROOT, "cypher")).values()) {
      const body = text.replace(/^\/\/.*$/gm, "");
      const used = new Set([...body.matchAll(/\$([a-z]\w*)/gi)].map((match) => match[1]));
      expect([...used].sort(), name).toEqual([...params.keys()].sort());
    }
  });

  it("are found by name, and nothing else is", () => {
    expect(statementByName("graph-version").text).toContain("GraphVersion");
    expect(() => statementByName("no-such")).toThrow('no Cypher statement "no-such"');
  });
});
