/**
 * Downloads a checkpoint by its name on the Hugging Face hub: its settings, its tokenizer's files, and its weights in
 * one of the formats that are read. A second call finds what is there and asks only for the listing.
 */
import { join } from "node:path";
import { HUB_URL, type ListFileEntry, listFiles } from "@huggingface/hub";
import { BioWeftError } from "../../core/errors.js";
import { fetchHubFile, type HubOptions, type HubPlace, hubFault } from "./hub-file.js";

/** Files at a repository's top that belong to a checkpoint beside its weights. */
const SETTINGS =
  /^(config|tokenizer|tokenizer_config|special_tokens_map|added_tokens)\.json$|^vocab\.txt$|^README\.md$|^LICEN[CS]E/;
/** Weights, the format that is taken first first. */
const WEIGHTS: readonly RegExp[] = [
  /^model\.safetensors$/,
  /^model(-\d+-of-\d+\.safetensors|\.safetensors\.index\.json)$/,
  /^pytorch_model\.bin$/,
  /^pytorch_model(-\d+-of-\d+\.bin|\.bin\.index\.json)$/,
  /^tf_model\.h5$/,
];
const NAME = /^([\w.-]+\/)?[\w.-]+$/;

/**
 * Downloads into a folder of `root` and returns that folder. `name` is OWNER/NAME, with `@REVISION` after it where
 * it is not the main one. Throws NOT_FOUND for no such model or one without weights that can be read, CONFIG for
 * what is no name, UPSTREAM_UNAVAILABLE, RATE_LIMITED or CANCELLED.
 */
export async function fetchCheckpoint(
  name: string,
  root: string,
  { hubUrl, ...options }: HubOptions & { readonly hubUrl?: string } = {},
): Promise<string> {
  const [repository = "", revision = "main"] = name.split("@");
  const path = `${repository}/${revision}`.split("/");
  if (!NAME.test(repository) || !/^[\w./-]+$/.test(revision) || path.some((part) => /^\.*$/.test(part))) {
    throw new BioWeftError("CONFIG", `"${name}" is neither a folder nor a name such as OWNER/NAME`);
  }
  const place: HubPlace = { hubUrl: hubUrl ?? HUB_URL, name: repository, revision };
  const files = chosenFiles(await listing(place), repository);
  const dir = join(root, ...path);
  for (const file of files) await fetchHubFile(place, file, join(dir, file.path), options);
  return dir;
}

async function listing(place: HubPlace): Promise<ListFileEntry[]> {
  const { hubUrl, name, revision } = place;
  const files: ListFileEntry[] = [];
  try {
    for await (const file of listFiles({ hubUrl, repo: name, revision })) {
      if (file.type === "file") files.push(file);
    }
  } catch (fault) {
    throw hubFault(fault, place);
  }
  return files;
}

/** The settings and one format's weights. */
function chosenFiles(files: readonly ListFileEntry[], name: string): ListFileEntry[] {
  const matching = (pattern: RegExp) => files.filter(({ path }) => pattern.test(path));
  const weights = WEIGHTS.map(matching).find((found) => found.length > 0);
  if (weights !== undefined) return [...matching(SETTINGS), ...weights];
  const reason = `${name} holds no model.safetensors, pytorch_model.bin or tf_model.h5; choose another model`;
  throw new BioWeftError("NOT_FOUND", reason);
}
