/** The settings: what is empty is not set, and what makes no sense is named. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LOCAL_SETTINGS, readApiSettings } from "../../src/core/api/api-settings.js";
import { PACKAGE_ROOT, readConfig, readLoaderSettings } from "../../src/core/config.js";

const VARIABLES = [
  ...["PORT", "HOST", "BIOWEFT_HOME", "BIOWEFT_MODEL", "BIOWEFT_PUBTATOR3", "BIOWEFT_HUB_URL", "LOG_LEVEL"],
  ...["NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD", "BIOWEFT_DATABASE", "BIOWEFT_DISCOVERY_WEIGHTS"],
];

describe("settings", () => {
  it.each(["", "  "])("that are '%s' are not set", (value) => {
    const empty = Object.fromEntries(VARIABLES.map((name) => [name, value]));
    expect(readConfig(empty)).toEqual(readConfig({}));
    expect(readConfig(empty)).toEqual({
      port: 4000,
      home: join(PACKAGE_ROOT, ".bioweft"),
      modelDir: join(PACKAGE_ROOT, "models", "released"),
      pubtator3Url: "https://www.ncbi.nlm.nih.gov/research/pubtator3-api",
      eutils: { url: "https://eutils.ncbi.nlm.nih.gov/entrez/eutils" },
      api: LOCAL_SETTINGS,
    });
  });

  it.each(VARIABLES)("where %s alone is empty are those without it", (empty) => {
    const others = {
      ...{
        PORT: "1",
        HOST: "0.0.0.0",
        BIOWEFT_HOME: "/home",
        BIOWEFT_MODEL: "/model",
        LOG_LEVEL: "warn",
      },
      ...{ BIOWEFT_PUBTATOR3: "http://papers", BIOWEFT_HUB_URL: "http://hub" },
      ...{ BIOWEFT_DISCOVERY_WEIGHTS: "/weights.json" },
      ...{ NEO4J_URI: "bolt://here", NEO4J_USER: "me", NEO4J_PASSWORD: "secret" },
      BIOWEFT_DATABASE: "container",
    };
    const without = Object.fromEntries(Object.entries(others).filter(([name]) => name !== empty));
    expect(readConfig({ ...others, [empty]: "" })).toEqual(readConfig(without));
  });

  it("of a server are read as given, addresses of services without a slash at their end", () => {
    const environment = {
      NEO4J_URI: "neo4j+s://x.databases.neo4j.io",
      NEO4J_PASSWORD: "secret",
      BIOWEFT_PUBTATOR3: "http://127.0.0.1:8080/api/",
      BIOWEFT_HUB_URL: "https://mirror//",
      BIOWEFT_DATABASE: "container",
    };
    expect(readConfig(environment)).toMatchObject({
      neo4j: { uri: "neo4j+s://x.databases.neo4j.io", user: "neo4j", password: "secret" },
      pubtator3Url: "http://127.0.0.1:8080/api",
      hubUrl: "https://mirror",
      database: "container",
    });
  });

  it.each([
    ["PORT", "70000"],
    ["PORT", "http"],
    ["LOG_LEVEL", "loud"],
    ["BIOWEFT_DATABASE", "docker"],
    ["BIOWEFT_PUBTATOR3", "www.ncbi.nlm.nih.gov"],
    ["BIOWEFT_PUBTATOR3", "ftp://host/path"],
    ["BIOWEFT_PUBTATOR3", "http://"],
    ["BIOWEFT_HUB_URL", "/a/folder"],
    ["NEO4J_URI", "localhost:7687"],
    ["NEO4J_URI", "http://localhost:7474"],
    ["NEO4J_URI", "bolt://"],
    ["NEO4J_URI", "bolt://host:port"],
  ])("whose %s is %s are refused by name", (name, value) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(expect.objectContaining({ code: "CONFIG" }));
    expect(read).toThrow(`${name} is "${value}"`);
  });
});

describe("the loaders' settings", () => {
  it("name no drivers where they are empty", () => {
    expect(readLoaderSettings({ LD_LIBRARY_PATH: "", VK_DRIVER_FILES: "" })).toEqual({ libraryDirs: [] });
    const other = { VK_DRIVER_FILES: "", VK_ICD_FILENAMES: "/one.json" };
    expect(readLoaderSettings(other).vulkanDrivers).toEqual(["/one.json"]);
  });
});

describe("the API's settings", () => {
  const read = (environment: Record<string, string>) =>
    readApiSettings({ given: (name) => environment[name], webAddress: (name) => environment[name] });

  it("hide the schema where others reach the server, unless asked", () => {
    expect(read({ HOST: "0.0.0.0" }).introspection).toBe(false);
    expect(read({ NODE_ENV: "production" }).introspection).toBe(false);
    expect(read({ HOST: "0.0.0.0", BIOWEFT_INTROSPECTION: "on" }).introspection).toBe(true);
    expect(read({ HOST: "127.0.0.1" }).introspection).toBe(true);
  });

  it("take origins with commas", () => {
    const origins = read({ BIOWEFT_ORIGINS: "https://a.org, http://localhost:5173/," }).origins;
    expect(origins).toEqual(["https://a.org", "http://localhost:5173"]);
  });

  it.each([
    ["BIOWEFT_ORIGINS", "*"],
    ["BIOWEFT_ORIGINS", "https://a.org/page"],
    ["BIOWEFT_INTROSPECTION", "maybe"],
    ["BIOWEFT_MAX_COST", "0"],
    ["BIOWEFT_DEADLINE", "soon"],
  ])("refuse %s=%s by its name", (name, value) => {
    expect(() => read({ [name]: value })).toThrow(name);
  });
});
