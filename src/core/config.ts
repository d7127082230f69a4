/**
 * The settings of a run. The only file that reads the environment; everything else gets a `Config`.
 */
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type ApiSettings, readApiSettings } from "./api/api-settings.js";
import { BioWeftError } from "./errors.js";

/** An external Neo4j server, named by NEO4J_URI. */
interface Neo4jAddress {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
}

/** How NCBI's E-utilities are asked. */
interface EutilsSettings {
  readonly url: string;
  /** BIOWEFT_EMAIL: whom NCBI may write to before it shuts somebody out. */
  readonly email?: string;
  /** NCBI_API_KEY: with it ten requests a second are allowed in place of three. */
  readonly apiKey?: string;
}

/** How a database is started here: as a child process on Java, or in a container of Docker or Podman. */
const DATABASE_KINDS = ["embedded", "container"] as const;
export type DatabaseKind = (typeof DATABASE_KINDS)[number];

/** Everything that can be set from outside. */
export interface Config {
  /** PORT: where the API listens; 0 asks the system for a free port. */
  readonly port: number;
  /** BIOWEFT_HOME: the data folder, absolute. */
  readonly home: string;
  /** NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD: undefined means a server that is started here. */
  readonly neo4j?: Neo4jAddress;
  /** BIOWEFT_DATABASE: how a server is started here; undefined leaves it to who starts it. */
  readonly database?: DatabaseKind;
  /** BIOWEFT_PUBTATOR3: base address of the PubTator3 API. */
  readonly pubtator3Url: string;
  /** REDIS_URL: where workers of several processes are called to their jobs; undefined means this process alone. */
  readonly redisUrl?: string;
  /** BIOWEFT_EUTILS: base address of NCBI's E-utilities, with who asks. */
  readonly eutils: EutilsSettings;
  /** BIOWEFT_HUB_URL: base address of the Hugging Face hub or a mirror; undefined means its own. */
  readonly hubUrl?: string;
  /** BIOWEFT_MODEL: folder of the released model. */
  readonly modelDir: string;
  /** BIOWEFT_DISCOVERY_WEIGHTS: what `bioweft discovery fit` wrote; without it the learned ranker is not asked. */
  readonly discoveryWeights?: string;
  /** Who may call the API, and what a request may cost. */
  readonly api: ApiSettings;
  /** OTEL_EXPORTER_OTLP_ENDPOINT: where spans go; undefined means nowhere. */
  readonly tracing?: TracingSettings;
}

/** Where spans of OpenTelemetry go. */
export interface TracingSettings {
  /** The collector's address for spans, of OTLP over HTTP: that of OTEL_EXPORTER_OTLP_ENDPOINT and `/v1/traces`. */
  readonly url: string;
  /** OTEL_SERVICE_NAME: whose they are; `bioweft` unless set. */
  readonly serviceName: string;
}

/** The checkout or installed package: the nearest folder above this file that holds package.json's neighbours. */
export const PACKAGE_ROOT = packageRoot(dirname(fileURLToPath(import.meta.url)));

/** Reads the settings, empty ones as unset; throws CONFIG naming the variable, its value and what it should be. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = (name: string) => setting(environment, name);
  const hubUrl = webAddress(environment, "BIOWEFT_HUB_URL");
  const uri = neo4jUri(environment);
  const redisUrl = address(environment, "REDIS_URL", REDIS_SCHEMES);
  const weights = given("BIOWEFT_DISCOVERY_WEIGHTS");
  const database = databaseKind(environment);
  const collector = webAddress(environment, "OTEL_EXPORTER_OTLP_ENDPOINT");
  readLogLevel(environment);
  return {
    port: parsePort(given("PORT")),
    home: resolve(given("BIOWEFT_HOME") ?? join(PACKAGE_ROOT, ".bioweft")),
    pubtator3Url: webAddress(environment, "BIOWEFT_PUBTATOR3") ?? PUBTATOR3,
    eutils: eutilsSettings(environment),
    modelDir: resolve(given("BIOWEFT_MODEL") ?? join(PACKAGE_ROOT, "models", "released")),
    api: readApiSettings({ given, webAddress: (name) => webAddress(environment, name) }),
    ...(weights === undefined ? {} : { discoveryWeights: resolve(weights) }),
    ...(redisUrl === undefined ? {} : { redisUrl }),
    ...(hubUrl === undefined ? {} : { hubUrl }),
    ...(database === undefined ? {} : { database }),
    ...(collector === undefined
      ? {}
      : { tracing: { url: `${collector}/v1/traces`, serviceName: given("OTEL_SERVICE_NAME") ?? "bioweft" } }),
    ...(uri === undefined
      ? {}
      : { neo4j: { uri, user: given("NEO4J_USER") ?? "neo4j", password: given("NEO4J_PASSWORD") ?? "" } }),
  };
}

const PUBTATOR3 = "https://www.ncbi.nlm.nih.gov/research/pubtator3-api";
const EUTILS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils";
const WEB_SCHEMES = ["http", "https"];
const REDIS_SCHEMES = ["redis", "rediss"];
const NEO4J_SCHEMES = ["neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"];

/** A variable's value; one that is empty is not set, as `VARIABLE= bioweft …` means it. */
function setting(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = environment[name];
  return value === undefined || value.trim() === "" ? undefined : value;
}

/** The address of a service, without the slashes at its end. */
function webAddress(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return address(environment, name, WEB_SCHEMES)?.replace(/\/+$/, "");
}

function eutilsSettings(environment: NodeJS.ProcessEnv): EutilsSettings {
  const [email, apiKey] = [setting(environment, "BIOWEFT_EMAIL"), setting(environment, "NCBI_API_KEY")];
  return {
    url: webAddress(environment, "BIOWEFT_EUTILS") ?? EUTILS,
    ...(email === undefined ? {} : { email: email.trim() }),
    ...(apiKey === undefined ? {} : { apiKey: apiKey.trim() }),
  };
}

function neo4jUri(environment: NodeJS.ProcessEnv): string | undefined {
  return address(environment, "NEO4J_URI", NEO4J_SCHEMES);
}

function databaseKind(environment: NodeJS.ProcessEnv): DatabaseKind | undefined {
  const value = setting(environment, "BIOWEFT_DATABASE")?.trim();
  const kind = DATABASE_KINDS.find((one) => one === value);
  if (kind !== undefined || value === undefined) return kind;
  const reason = `BIOWEFT_DATABASE is "${value}"; set it to ${DATABASE_KINDS.join(" or ")}, or unset it`;
  throw new BioWeftError("CONFIG", reason);
}

/** Where a container engine may be listening, by the variables of Docker and of the desktop. */
interface EngineSettings {
  /** DOCKER_HOST: the engine's address, in place of all others. */
  readonly host?: string;
  /** XDG_RUNTIME_DIR: where an engine without root has its socket. */
  readonly runtimeDir?: string;
}

/** Reads where to look for a container engine. */
export function readEngineSettings(environment: NodeJS.ProcessEnv = process.env): EngineSettings {
  const host = setting(environment, "DOCKER_HOST")?.trim();
  const runtimeDir = setting(environment, "XDG_RUNTIME_DIR");
  return {
    ...(host === undefined ? {} : { host }),
    ...(runtimeDir === undefined ? {} : { runtimeDir }),
  };
}

/** Names the container engine for what is loaded later in this process and reads the variable itself. */
export function setEngineHost(host: string): void {
  process.env["DOCKER_HOST"] = host;
}

/** An address of one of the schemes. Throws CONFIG naming the variable for what is none. */
function address(
  environment: NodeJS.ProcessEnv,
  name: string,
  schemes: readonly string[],
): string | undefined {
  const value = setting(environment, name)?.trim();
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url !== undefined && url.hostname !== "" && schemes.includes(url.protocol.slice(0, -1))) return value;
  const form = `${schemes[0]}://host`;
  const reason = `${name} is "${value}", which is no address; set it to one such as ${form} (${schemes.join(", ")}), or unset it`;
  throw new BioWeftError("CONFIG", reason);
}

/** The environment for a child process: ours plus additions. Children inherit PATH, JAVA_HOME and the like. */
export function childEnvironment(additions: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...additions };
}

/** Where the system's loaders were told to look, by their own variables. */
interface LoaderSettings {
  /** LD_LIBRARY_PATH: folders of shared libraries, before the system's own. */
  readonly libraryDirs: readonly string[];
  /** VK_DRIVER_FILES or VK_ICD_FILENAMES: Vulkan drivers in place of the installed ones. */
  readonly vulkanDrivers?: readonly string[];
}

/** Reads what the loaders of shared libraries and of Vulkan drivers will read. */
export function readLoaderSettings(environment: NodeJS.ProcessEnv = process.env): LoaderSettings {
  const list = (value: string) => value.split(delimiter).filter((part) => part !== "");
  const drivers = setting(environment, "VK_DRIVER_FILES") ?? setting(environment, "VK_ICD_FILENAMES");
  return {
    libraryDirs: list(environment["LD_LIBRARY_PATH"] ?? ""),
    ...(drivers === undefined ? {} : { vulkanDrivers: list(drivers) }),
  };
}

/** What LOG_LEVEL may be: the least grave of what is logged, or nothing at all. */
export const LOG_LEVELS = ["info", "warn", "error", "silent"] as const;

/** LOG_LEVEL: from which level on lines are logged, all of them unless set; throws CONFIG for what is no level. */
export function readLogLevel(environment: NodeJS.ProcessEnv = process.env): (typeof LOG_LEVELS)[number] {
  const value = setting(environment, "LOG_LEVEL");
  const level = value === undefined ? "info" : LOG_LEVELS.find((one) => one === value.toLowerCase());
  if (level !== undefined) return level;
  throw new BioWeftError("CONFIG", `LOG_LEVEL is "${value}"; set it to one of ${LOG_LEVELS.join(", ")}`);
}

function parsePort(value: string | undefined): number {
  if (value === undefined) return 4000;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new BioWeftError("CONFIG", `PORT is "${value}"; set it to a whole number from 0 to 65535`);
}

function packageRoot(from: string): string {
  // Sources run from src/core, the build from dist/src/core.
  const root = resolve(from, "..", "..");
  return root.endsWith("dist") ? dirname(root) : root;
}

/** What matrix products are computed in while training, the exact one first; `bf16` is the CPU binding's alone. */
export const MATRIX_PRECISIONS = ["fp32", "bf16"] as const;
export type MatrixPrecision = (typeof MATRIX_PRECISIONS)[number];

/**
 * Sets how native TensorFlow multiplies matrices in this process, before it is loaded. `bf16` rounds the
 * factors to bfloat16 (sums stay float32), which is several times faster on processors that have it.
 */
export function setNativeMath(precision: MatrixPrecision): void {
  process.env["TF_CPP_MIN_LOG_LEVEL"] = "2";
  process.env["TF_SET_ONEDNN_FPMATH_MODE"] = precision === "bf16" ? "BF16" : "";
}
