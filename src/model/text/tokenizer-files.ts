/**
 * A checkpoint folder's tokenizer files → the two JSON values that @huggingface/tokenizers takes. Folders hold
 * tokenizer.json or, older ones, only vocab.txt, from which BERT's tokenizer is put together; added tokens may stand
 * in tokenizer.json, tokenizer_config.json or added_tokens.json. Source: transformers' BertTokenizerFast.
 */
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import { readJsonFile, writeJsonFile } from "../../core/files/json-file.js";
import { writeWholeFile } from "../../core/files/whole-file.js";
import { required } from "../../core/required.js";

/** A special token as the files spell it: its text, or an object around it. */
const specialToken = z.union([
  z.string(),
  z.object({ content: z.string() }).transform((token) => token.content),
]);

/** What the tokens of BERT's roles are called where the files do not say. */
const USUAL = {
  cls_token: "[CLS]",
  sep_token: "[SEP]",
  pad_token: "[PAD]",
  unk_token: "[UNK]",
  mask_token: "[MASK]",
} as const;
type SpecialRole = keyof typeof USUAL;

const settingsSchema = z.looseObject({
  cls_token: specialToken.optional(),
  sep_token: specialToken.optional(),
  pad_token: specialToken.optional(),
  unk_token: specialToken.optional(),
  mask_token: specialToken.optional(),
  do_lower_case: z.boolean().default(true),
  strip_accents: z.boolean().nullish(),
  tokenize_chinese_chars: z.boolean().default(true),
});
type Settings = z.infer<typeof settingsSchema>;

const addedTokenSchema = z.looseObject({
  content: z.string(),
  special: z.boolean().default(false),
  normalized: z.boolean().optional(),
});

const tokenizerSchema = z.looseObject({
  added_tokens: z.array(addedTokenSchema.extend({ id: z.number().int().nonnegative() })).default([]),
  normalizer: z.unknown(),
  model: z.looseObject({}),
});
type TokenizerJson = z.infer<typeof tokenizerSchema>;
/** A token beside the vocabulary, or one of it that is never split. */
export type AddedToken = TokenizerJson["added_tokens"][number];

/** What the tokenizer is made of. */
export interface TokenizerFiles {
  /** As tokenizer.json; its added tokens are those of all files. */
  readonly tokenizer: TokenizerJson;
  /** As tokenizer_config.json. */
  readonly settings: Settings & Readonly<Record<SpecialRole, string>>;
}

/** Reads the files; throws MODEL where there is neither tokenizer.json nor vocab.txt, or one is broken. */
export async function readTokenizerFiles(dir: string): Promise<TokenizerFiles> {
  const config = await readOptional(join(dir, "tokenizer_config.json"), settingsSchema, {});
  const special = await readOptional(join(dir, "special_tokens_map.json"), settingsSchema.partial(), {});
  const named = { ...withoutUndefined(special), ...withoutUndefined(config) } as Settings;
  const file = join(dir, "tokenizer.json");
  const given = (await exists(file)) ? await readJson(file, tokenizerSchema) : undefined;
  const tokenizer = given ?? (await fromVocabulary(dir, named));
  const elsewhere = await addedElsewhere(dir);
  // What tokenizer.json says of a token counts most; what is only usual, least.
  const tokens =
    given === undefined ? [...tokenizer.added_tokens, ...elsewhere] : [...elsewhere, ...given.added_tokens];
  const added = new Map(tokens.map((token) => [token.id, token]));
  return {
    tokenizer: { ...tokenizer, added_tokens: [...added.values()].sort((a, b) => a.id - b.id) },
    settings: { ...named, ...specialTokens(named) },
  };
}

/** Writes one folder's tokenizer to another in the form that any tool reads, whatever form it has. */
export async function writeTokenizerFiles(fromDir: string, toDir: string): Promise<void> {
  const { tokenizer, settings } = await readTokenizerFiles(fromDir);
  await writeWholeFile(join(toDir, "tokenizer.json"), JSON.stringify(tokenizer));
  await writeJsonFile(join(toDir, "tokenizer_config.json"), settings);
}

/** Tokens that tokenizer_config.json (`added_tokens_decoder`) and added_tokens.json name. */
async function addedElsewhere(dir: string): Promise<AddedToken[]> {
  const decoderSchema = z.looseObject({
    added_tokens_decoder: z.record(z.string(), addedTokenSchema).default({}),
  });
  const { added_tokens_decoder } = await readOptional(join(dir, "tokenizer_config.json"), decoderSchema, {});
  const plain = await readOptional(
    join(dir, "added_tokens.json"),
    z.record(z.string(), z.number().int()),
    {},
  );
  return [
    ...Object.entries(plain).map(([content, id]) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      special: false,
      normalized: true,
    })),
    ...Object.entries(added_tokens_decoder).map(([id, token]) => ({ ...token, id: Number(id) })),
  ];
}

/** The names of the special tokens, given or usual. */
function specialTokens(settings: Settings): Record<SpecialRole, string> {
  return {
    cls_token: settings.cls_token ?? USUAL.cls_token,
    sep_token: settings.sep_token ?? USUAL.sep_token,
    pad_token: settings.pad_token ?? USUAL.pad_token,
    unk_token: settings.unk_token ?? USUAL.unk_token,
    mask_token: settings.mask_token ?? USUAL.mask_token,
  };
}

/** BERT's tokenizer around a vocabulary of one entry a line. */
async function fromVocabulary(dir: string, settings: Settings): Promise<TokenizerJson> {
  const file = join(dir, "vocab.txt");
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    const reason = "holds neither tokenizer.json nor vocab.txt; give a checkpoint folder with one of them";
    throw new BioWeftError("MODEL", reason, { place: { file: dir }, cause });
  });
  const entries = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const vocab = new Map(entries.map((entry, id) => [entry, id]));
  const { unk_token, cls_token, sep_token } = specialTokens(settings);
  const missing = [unk_token, cls_token, sep_token].find((token) => !vocab.has(token));
  if (missing !== undefined) {
    throw new BioWeftError("MODEL", `has no entry ${missing}; is it a WordPiece vocabulary?`, {
      place: { file },
    });
  }
  return bertTokenizer(vocab, settings);
}

/** The tokenizer.json that transformers makes of a vocabulary. */
function bertTokenizer(vocab: ReadonlyMap<string, number>, settings: Settings): TokenizerJson {
  const { cls_token, sep_token, unk_token, ...others } = specialTokens(settings);
  const special = [...new Set([cls_token, sep_token, unk_token, ...Object.values(others)])];
  const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  return {
    version: "1.0",
    added_tokens: special.flatMap((content) => {
      const id = vocab.get(content);
      return id === undefined ? [] : [{ id, content, ...plain }];
    }),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: settings.tokenize_chinese_chars,
      strip_accents: settings.strip_accents ?? null,
      lowercase: settings.do_lower_case,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "BertProcessing",
      sep: [sep_token, required(vocab.get(sep_token), sep_token)],
      cls: [cls_token, required(vocab.get(cls_token), cls_token)],
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token,
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocab),
    },
  };
}

async function readOptional<Value>(file: string, schema: z.ZodType<Value>, absent: unknown): Promise<Value> {
  return (await exists(file)) ? readJson(file, schema) : schema.parse(absent);
}

function readJson<Value>(file: string, schema: z.ZodType<Value>): Promise<Value> {
  return readJsonFile(file, schema, "cannot be read as a tokenizer's JSON; is this a checkpoint folder?");
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function withoutUndefined<Value extends object>(value: Value): Partial<Value> {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as Partial<Value>;
}
