/**
 * The settings of the API: where it listens, who may call it, and what a request may cost. Read with all others by
 * config.ts, which alone knows the environment.
 */
import { BioWeftError } from "../errors.js";

/** What can be set of the API. */
export interface ApiSettings {
  /** HOST: the name or address to listen at; `localhost` unless set. */
  readonly host: string;
  /** BIOWEFT_ORIGINS: web pages of other origins that may call, over HTTP and WebSocket alike. */
  readonly origins: readonly string[];
  /** BIOWEFT_INTROSPECTION: whether clients may ask for the schema; on unless in production or reachable from elsewhere. */
  readonly introspection: boolean;
  /** BIOWEFT_SANDBOX: whether `/graphql` shows browsers Apollo's sandbox, which is loaded from Apollo; off unless set. */
  readonly sandbox: boolean;
  /** BIOWEFT_ERROR_DETAIL: whether faults of ours are told as they are; off unless set. */
  readonly errorDetail: boolean;
  /** BIOWEFT_DEADLINE: seconds that a query may take; a mutation may take six times as long. */
  readonly deadlineSeconds: number;
  /** BIOWEFT_MAX_COST: the most that one operation may cost. */
  readonly maxCost: number;
  /** BIOWEFT_COST_A_MINUTE: the most that one key or address may spend in a minute; 0 sets no limit. */
  readonly costAMinute: number;
  /** BIOWEFT_TRUST_PROXY: whether a client's address is what a proxy in front says that it is; off unless set. */
  readonly trustProxy: boolean;
  /** BIOWEFT_TRUSTED_DOCUMENTS: a folder of .graphql files; nothing else is then answered. */
  readonly trustedDocuments?: string;
  /** BIOWEFT_ACCESS_LOG: whether every request is logged; off unless set. */
  readonly accessLog: boolean;
  /** BIOWEFT_JWKS_URL, BIOWEFT_JWT_ISSUER, BIOWEFT_JWT_AUDIENCE: whose JSON web tokens are accepted. */
  readonly tokens?: {
    readonly jwksUrl: string;
    readonly issuer?: string | undefined;
    readonly audience?: string | undefined;
  };
}

/** The settings of a server on this machine alone, without any variable set. */
export const LOCAL_SETTINGS: ApiSettings = {
  host: "localhost",
  origins: [],
  introspection: true,
  sandbox: false,
  errorDetail: false,
  deadlineSeconds: 10,
  maxCost: 50_000,
  costAMinute: 1_000_000,
  trustProxy: false,
  accessLog: false,
};

/** How a variable is read: the value, or undefined where it is not set. */
interface Variables {
  readonly given: (name: string) => string | undefined;
  /** An http or https address, checked. */
  readonly webAddress: (name: string) => string | undefined;
}

/** Reads the API's settings; throws CONFIG naming the variable, its value and what it should be. */
export function readApiSettings({ given, webAddress }: Variables): ApiSettings {
  const host = given("HOST")?.trim() ?? LOCAL_SETTINGS.host;
  const isOpen = given("NODE_ENV") === "production" || !isLoopback(host);
  const isOn = (name: string, otherwise: boolean) => onOrOff(name, given(name), otherwise);
  const atLeast = (name: string, least: number, otherwise: number) =>
    numberFrom(name, given(name), least, otherwise);
  const trusted = given("BIOWEFT_TRUSTED_DOCUMENTS");
  const jwksUrl = webAddress("BIOWEFT_JWKS_URL");
  return {
    host,
    origins: originsOf(given("BIOWEFT_ORIGINS")),
    introspection: isOn("BIOWEFT_INTROSPECTION", !isOpen),
    sandbox: isOn("BIOWEFT_SANDBOX", false),
    errorDetail: isOn("BIOWEFT_ERROR_DETAIL", false),
    deadlineSeconds: atLeast("BIOWEFT_DEADLINE", 0.1, LOCAL_SETTINGS.deadlineSeconds),
    maxCost: atLeast("BIOWEFT_MAX_COST", 1, LOCAL_SETTINGS.maxCost),
    costAMinute: atLeast("BIOWEFT_COST_A_MINUTE", 0, LOCAL_SETTINGS.costAMinute),
    trustProxy: isOn("BIOWEFT_TRUST_PROXY", false),
    accessLog: isOn("BIOWEFT_ACCESS_LOG", false),
    ...(trusted === undefined ? {} : { trustedDocuments: trusted }),
    ...(jwksUrl === undefined
      ? {}
      : {
          tokens: {
            jwksUrl,
            issuer: given("BIOWEFT_JWT_ISSUER"),
            audience: given("BIOWEFT_JWT_AUDIENCE"),
          },
        }),
  };
}

/** Whether a host is this machine as it speaks to itself. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || /^127(\.\d{1,3}){3}$/.test(host) || host === "::1" || host === "[::1]";
}

function originsOf(value: string | undefined): string[] {
  const parts = (value ?? "").split(",").map((part) => part.trim());
  return parts
    .filter((part) => part !== "")
    .map((part) => {
      const url = URL.canParse(part) ? new URL(part) : undefined;
      if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "") {
        return url.origin;
      }
      const reason = `BIOWEFT_ORIGINS names "${part}", which is no origin; give such as https://example.org, several with commas`;
      throw new BioWeftError("CONFIG", reason);
    });
}

function onOrOff(name: string, value: string | undefined, otherwise: boolean): boolean {
  const said = value?.trim().toLowerCase();
  if (said === undefined) return otherwise;
  if (said === "on" || said === "off") return said === "on";
  throw new BioWeftError("CONFIG", `${name} is "${value}"; set it to on or off, or unset it`);
}

function numberFrom(name: string, value: string | undefined, least: number, otherwise: number): number {
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (Number.isFinite(number) && number >= least) return number;
  throw new BioWeftError("CONFIG", `${name} is "${value}"; set it to a number from ${least} on, or unset it`);
}
