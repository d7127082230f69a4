import { readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadTokenizer } from "../../../src/model/text/tokenizer.js";
import { checkpointWithout, FAMILIES, PARITY } from "../../support/parity-fixtures.js";

interface Case {
  readonly text: string;
  readonly ids: readonly number[];
}

describe.each(FAMILIES)("the tokenizer of %s", (family) => {
  const cases: Case[] = JSON.parse(readFileSync(join(PARITY, family, "tokens.json"), "utf8"));

  it("gives tricky texts the ids that transformers gives them", async () => {
    const tokenizer = await loadTokenizer(join(PARITY, family));
    const ours = cases.map(({ text }) => ({ text, ids: [...tokenizer.tokenize(text).ids] }));
    expect(ours).toEqual(cases);
  });

  it("is the same where tokenizer.json is missing: from vocab.txt and what the other files add", async () => {
    const dir = await checkpointWithout(family, "tokenizer.json");
    const tokenizer = await loadTokenizer(dir).finally(() => rm(dir, { recursive: true }));
    const ours = cases.map(({ text }) => ({ text, ids: [...tokenizer.tokenize(text).ids] }));
    expect(ours).toEqual(cases);
  });
});

describe("tokenizer files", () => {
  it("find the added tokens in added_tokens.json alone", async () => {
    const dir = await checkpointWithout("bert", "tokenizer.json", "tokenizer_config.json");
    const tokenizer = await loadTokenizer(dir).finally(() => rm(dir, { recursive: true }));
    expect([...tokenizer.tokenize("x@GeneSrc$").ids]).toEqual([
      tokenizer.tokenId("x"),
      tokenizer.tokenId("@GeneSrc$"),
    ]);
  });

  it("say whether case counts, in added tokens too", async () => {
    const dir = await checkpointWithout("bert", "tokenizer.json");
    const file = join(dir, "tokenizer_config.json");
    const config = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...config, do_lower_case: false }));
    const tokenizer = await loadTokenizer(dir).finally(() => rm(dir, { recursive: true }));
    const { ids } = tokenizer.tokenize("@GeneTgt$ @genetgt$ Gene");
    expect([ids[0], ids.at(-1)]).toEqual([tokenizer.tokenId("@GeneTgt$"), tokenizer.tokenId("[UNK]")]);
    expect(ids.length).toBeGreaterThan(3);
  });

  it("are refused where the vocabulary lacks a token that every text is put between", async () => {
    for (const missing of ["[SEP]", "[CLS]", "[UNK]"]) {
      const dir = await checkpointWithout("bert", "tokenizer.json");
      const file = join(dir, "vocab.txt");
      writeFileSync(file, readFileSync(file, "utf8").replace(`${missing}\n`, "other\n"));
      await expect(loadTokenizer(dir).finally(() => rm(dir, { recursive: true }))).rejects.toMatchObject({
        code: "MODEL",
        place: { file },
        message: expect.stringContaining(missing),
      });
    }
  });

  it("are missed by name", async () => {
    const dir = await checkpointWithout("bert", "tokenizer.json", "vocab.txt");
    await expect(loadTokenizer(dir).finally(() => rm(dir, { recursive: true }))).rejects.toThrow(
      /neither tokenizer\.json nor vocab\.txt/,
    );
  });
});
