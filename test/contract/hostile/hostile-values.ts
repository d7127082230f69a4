/**
 * What a hostile client puts where a value belongs: by the type that is declared, now and then what it should be, more often
 * what it should not. Everything comes of one stream of random numbers, so that a run can be repeated.
 */
import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from "graphql";
import type { Random } from "../../../src/core/random.js";

/** Syntax of Cypher, Lucene, regular expressions, JSON, HTML, shells and files; and texts that break what reads texts. */
export const HOSTILE_TEXTS: readonly string[] = [
  "' OR 1=1 //",
  '"}) DETACH DELETE n //',
  "x') MATCH (n) DETACH DELETE n RETURN ('",
  "`}) CALL dbms.listConfig() YIELD name RETURN name //",
  "$curie",
  "\\u0027 MERGE (:Owned {id: 1}) //",
  "'; LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row; //",
  "*:*",
  "name:*",
  "curie:[* TO *]",
  "/.*/",
  "/(a+)+$/",
  "a~2147483647",
  "fish^1e308",
  "fish AND",
  "OR OR OR",
  "NOT",
  '+-!(){}[]^"~*?:\\/&&||',
  "((((((((((((((((((((",
  '"unclosed phrase',
  "fish~ oil~ ".repeat(200),
  "* ".repeat(500),
  "x".repeat(1_001),
  "y".repeat(40_000),
  Array.from({ length: 2_000 }, (_, n) => `w${n}`).join(" "),
  "",
  " ",
  "\t\n\r ",
  "\0",
  "a\0b",
  "\ud800",
  "\udfff\ud800",
  "\u202e\u200b\ufeff",
  "🧬".repeat(500),
  "ﷺ".repeat(1_000),
  "é".normalize("NFD").repeat(500),
  "İıſK",
  "<script>alert(1)</script>",
  "{{7*7}}#{7*7}",
  "../../../../etc/passwd",
  "%00%2e%2e%2f",
  "$(sleep 5)`sleep 5`",
  "__proto__",
  "constructor",
  "null",
  "NaN",
  "-1",
  "1e999",
  "9".repeat(400),
  "MESH:",
  ":D005395",
  "MESH:D005395:MESH:D005395",
  "mesh:d005395",
  "NCBIGene:-1",
  "NCBIGene:1' OR '1'='1",
  `dbSNP:rs${"9".repeat(200)}`,
  "UMLS:C0000000|MESH:D005395|",
  "a|b|c|d",
];

/** Values that a schema's reader may ask about, gathered from the graph. */
export interface KnownValues {
  readonly curies: readonly string[];
  readonly ids: readonly string[];
  readonly cursors: readonly string[];
  readonly pmids: readonly string[];
}

const NUMBERS = [0, 1, 2, 25, 100, 101, -1, 1980, 1985, 9_999, 2_147_483_647, -2_147_483_648];
const NO_INTEGERS = [1.5, 1e20, 2_147_483_648, "5", true, [], {}];
const REALS = [0, 0.5, 1, -1, 1e308, -1e308, 5e-324, 2];

/** Makes values for declared types. */
export class HostileValues {
  readonly #random: Random;
  readonly #known: KnownValues;

  constructor(random: Random, known: KnownValues) {
    this.#random = random;
    this.#known = known;
  }

  /** True in so many of a hundred cases. */
  happens(percent: number): boolean {
    return this.#random.next() * 100 < percent;
  }

  /** One of some. */
  one<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#random.next() * items.length)];
    if (item === undefined && items.length === 0) throw new Error("there is nothing to choose from");
    return item as Item;
  }

  /** A whole number below a limit. */
  below(limit: number): number {
    return Math.floor(this.#random.next() * limit);
  }

  /** A value for a type; `isProper` only gives those that GraphQL itself lets through. */
  of(type: GraphQLInputType, isProper: boolean): unknown {
    if (!isProper && this.happens(4)) return this.one([null, 0, "", [], {}, true, [[[]]]]);
    if (isNonNullType(type)) return this.of(type.ofType, isProper);
    if (this.happens(8)) return null;
    return this.#ofNamed(type, isProper);
  }

  #ofNamed(type: GraphQLInputType, isProper: boolean): unknown {
    if (isNonNullType(type)) return this.of(type.ofType, isProper);
    if (isListType(type)) {
      const length = this.happens(3) ? 2_000 : this.below(5);
      return Array.from({ length }, () => this.of(type.ofType, isProper));
    }
    if (isEnumType(type)) {
      const names = type.getValues().map(({ name }) => name);
      return isProper || this.happens(80) ? this.one(names) : this.one(["NOPE", "", 1, "__proto__"]);
    }
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => isNonNullType(field.type) || this.happens(40),
      );
      const entries = fields.map((field) => [field.name, this.of(field.type, isProper)]);
      if (!isProper && this.happens(10)) entries.push(["nonsense", 1]);
      return Object.fromEntries(entries);
    }
    return this.#scalar(type.name, isProper);
  }

  #scalar(name: string, isProper: boolean): unknown {
    if (name === "Int") return isProper || this.happens(80) ? this.one(NUMBERS) : this.one(NO_INTEGERS);
    if (name === "Float") return this.one(REALS);
    if (name === "Boolean") return this.happens(50);
    return this.text();
  }

  /** A text: known, hostile, or known and bent. */
  text(): string {
    const { curies, ids, cursors, pmids } = this.#known;
    const known = this.one([...curies, ...ids, ...cursors, ...pmids]);
    if (this.happens(30)) return known;
    if (this.happens(30)) return this.#bent(known);
    if (this.happens(30)) return this.#noise();
    return this.one(HOSTILE_TEXTS);
  }

  #bent(text: string): string {
    const at = this.below(text.length);
    return this.one([
      text.slice(0, at),
      text + text,
      `${text.slice(0, at)}${this.one(HOSTILE_TEXTS).slice(0, 20)}${text.slice(at)}`,
      text.slice(0, at) + String.fromCharCode(this.below(0xffff)) + text.slice(at + 1),
      Buffer.from(JSON.stringify([this.one([null, {}, 1e300, -1, "x", [[]]]), 1])).toString("base64url"),
      Buffer.from(`Relation:${text}`).toString("base64url"),
    ]);
  }

  #noise(): string {
    return Array.from({ length: this.below(40) }, () => String.fromCodePoint(this.below(0x10ffff))).join("");
  }
}
