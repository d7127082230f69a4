/**
 * What the field's tools write of a sequence variant: rs numbers, tmVar's changes (`c|SUB|C|1840|T`), HGVS names
 * (`c.1840C>T`), and tmVar's long form, `tmVar:…;HGVS:…;VariantGroup:0;CorrespondingGene:6261;RS#:118192172`, its
 * fields in any order and with or without the prefix. One variant has one identity over papers: the rs number where
 * there is one, else the change with its gene, as the same change in another gene is another variant. VariantGroup
 * counts within one paper only and is never part of it.
 */

/** A written variant, taken apart. */
interface WrittenVariant {
  /** dbSNP number without its `rs`. */
  readonly rs?: string;
  /** The change in tmVar's form where HGVS's can be brought to it, else as written. */
  readonly change?: string;
  /** NCBI number of the gene that it lies in. */
  readonly gene?: string;
}

const RS = /^(?:(?:dbsnp|snp|rs#?|rsids?)\s*:\s*(?:rs)?|rs\s?)(\d+)$/i;
const CHANGE = /^(?:tmvar:)?\s*(?:[cgmnpr]\||(?:[NXE][A-Z]+_?[\d.]+:)?[cgmnpr]\.)/i;
const FIELD =
  /^(tmvar|hgvs|correspondinggene|originalgene|gene|geneid|rs#|rsids?|variantgroup|correspondingspecies|species|ca#)\s*:(.*)$/i;

/** Takes one variant apart; what it does not say is absent. */
export function parseVariant(text: string): WrittenVariant {
  const changes: string[] = [];
  let rs: string | undefined;
  let gene: string | undefined;
  let hgvs: string | undefined;
  for (const part of text.split(";").map((piece) => piece.trim())) {
    const number = RS.exec(part.replace(/^tmvar:\s*/i, ""))?.[1];
    if (number !== undefined) rs ??= Number(number) === 0 ? undefined : number;
    else {
      const [, name = "", value = ""] = FIELD.exec(part) ?? [];
      const field = name.toLowerCase();
      if (field === "hgvs") hgvs ??= value.trim();
      else if (["correspondinggene", "gene", "geneid"].includes(field)) gene ??= geneNumber(value);
      else if (field === "tmvar") changes.push(value.trim());
      else if (field === "") changes.push(part);
    }
  }
  const written = [changes.filter((change) => change !== "").join(";"), hgvs].find(isSaid);
  return {
    ...(rs === undefined ? {} : { rs }),
    ...(written === undefined ? {} : { change: toTmVarChange(written) }),
    ...(gene === undefined ? {} : { gene }),
  };
}

/**
 * The variants of an identifier field, as written. A part begins a new one where it names another change or number;
 * tmVar's fields belong to the variant beside them; what is neither belongs to what stands before it.
 */
export function splitVariants(field: string): string[] {
  if (/^\s*rs\d+(?:\s*[|/+]\s*rs\d+)+\s*$/i.test(field))
    return field.split(/[|/+]/).map((part) => part.trim());
  const found: { text: string; seen: Set<string> }[] = [];
  for (const [, separator = "", part = ""] of field.matchAll(/([,;]|^)([^,;]*)/g)) {
    if (part.trim() === "") continue;
    const kind = partKind(part.trim());
    const last = found.at(-1);
    const naming = kind === "change" || kind === "number";
    const another =
      last !== undefined &&
      (naming ? last.seen.has("change") || last.seen.has("number") : last.seen.has(kind));
    // A change may follow the number of its own variant where the number stands in a field.
    const joins = kind === "change" && last !== undefined && !last.seen.has("change") && last.seen.has("rs#");
    if (last === undefined || (another && kind !== "other" && !joins)) {
      found.push({ text: part.trim(), seen: new Set([kind]) });
    } else {
      last.text += separator + part.trimEnd();
      last.seen.add(kind);
    }
  }
  return found.map(({ text }) => text);
}

/** What a part of a variant field is: a change, a bare rs number, one of tmVar's fields by name, or other text. */
function partKind(part: string): string {
  const plain = part.replace(/^tmvar:\s*/i, "");
  const field = FIELD.exec(part)?.[1]?.toLowerCase();
  if (field !== undefined && field !== "tmvar") return field.replace(/^rsids?$/, "rs#");
  if (RS.test(plain)) return "number";
  return field === "tmvar" || CHANGE.test(part) ? "change" : "other";
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && !/^(?:|[-\s?.]+|none|null|na|n\/a|nan)$/i.test(text);
}

function geneNumber(value: string): string | undefined {
  const number = /^\D*?(\d+)/.exec(value)?.[1];
  return number === undefined || Number(number) === 0 || /^\s*-/.test(value) ? undefined : number;
}

const ONE_LETTER: Readonly<Record<string, string>> = {
  ...{ Ala: "A", Arg: "R", Asn: "N", Asp: "D", Cys: "C", Gln: "Q", Glu: "E", Gly: "G", His: "H", Ile: "I" },
  ...{ Leu: "L", Lys: "K", Met: "M", Phe: "F", Pro: "P", Ser: "S", Thr: "T", Trp: "W", Tyr: "Y", Val: "V" },
  ...{ Ter: "X", "*": "X" },
};

/** HGVS's simple changes in tmVar's form, so that `c.1840C>T` and `c|SUB|C|1840|T` meet; others stay as they are. */
function toTmVarChange(written: string): string {
  const text = written.replace(/^([cgmnpr]\.)\((.+)\)$/, "$1$2");
  const base = /^([cgmnr])\.([-*]?\d+(?:[+-]\d+)?)([ACGTU])>([ACGTU])$/.exec(text);
  if (base !== null) return `${base[1]}|SUB|${base[3]}|${base[2]}|${base[4]}`;
  const residue = /^p\.([A-Z][a-z]{2}|[A-Z])(\d+)([A-Z][a-z]{2}|[A-Z*])$/.exec(text);
  if (residue !== null) {
    const [, from = "", position = "", to = ""] = residue;
    return `p|SUB|${ONE_LETTER[from] ?? from}|${position}|${ONE_LETTER[to] ?? to}`;
  }
  const gone = /^([cgmnr])\.(\d+(?:_\d+)?)del([ACGTU]*)$/.exec(text);
  return gone === null ? text : `${gone[1]}|DEL|${gone[2]}|${gone[3]}`;
}
