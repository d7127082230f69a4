/**
 * Downloads a checkpoint by its name on the Hugging Face hub: its settings, its tokenizer's files, and its weights in
 * one of the formats that are read. The hub's listing says what there is and gives each file's checksum, so a second
 * call finds what is there and asks only for the listing; fetch-file.ts brings the rest.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { HUB_URL, HubApiError, type ListFileEntry, listFiles } from "@huggingface/hub";
import { BioWeftError, messageOf } from "../../src/core/errors.js";
import { type Expected, isPublished } from "./check-file.js";
import { type FetchFileOptions, fetchFile } from "./fetch-file.js";

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

/** How a checkpoint is fetched. */
export interface FetchCheckpointOptions
  extends Pick<FetchFileOptions, "signal" | "retries" | "retryDelayMillis" | "silenceMillis"> {
  /** The hub's address, or that of one that answers as it does; the public hub by default. */
  readonly hubUrl?: string;
  /** Bytes of a file that are here, and of how many. */
  readonly onProgress?: (file: string, bytes: number, total: number) => void;
}

/** A repository at a revision. */
interface HubPlace {
  readonly hubUrl: string;
  readonly name: string;
  readonly revision: string;
}

/**
 * Downloads into a folder of `root` and returns that folder. `name` is OWNER/NAME, with `@REVISION` after it where
 * it is not the main one. Throws NOT_FOUND for no such model, one that is not open to everyone or one without
 * weights that can be read, CONFIG for what is no name, UPSTREAM_UNAVAILABLE where the hub cannot be asked what
 * there is, else as fetchFile does.
 */
export async function fetchCheckpoint(
  name: string,
  root: string,
  { hubUrl = HUB_URL, ...options }: FetchCheckpointOptions = {},
): Promise<string> {
  const [repository = "", revision = "main"] = name.split("@");
  const path = `${repository}/${revision}`.split("/");
  if (!NAME.test(repository) || !/^[\w./-]+$/.test(revision) || path.some((part) => /^\.*$/.test(part))) {
    throw new BioWeftError("CONFIG", `"${name}" is neither a folder nor a name such as OWNER/NAME`);
  }
  const place: HubPlace = { hubUrl, name: repository, revision };
  const entries = chosenFiles(await listing(place), repository);
  const dir = join(root, ...path);
  await mkdir(dir, { recursive: true }).catch((cause: Error) => {
    const reason = `cannot be written (${cause.message}); check the folder, its permissions and the disk`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { file: dir }, cause });
  });
  for (const entry of entries) await fetchListed(place, entry, join(dir, entry.path), options);
  return dir;
}

/** Brings one file of a listing; does nothing where it is here already. */
async function fetchListed(
  place: HubPlace,
  entry: ListFileEntry,
  file: string,
  { onProgress, ...options }: Omit<FetchCheckpointOptions, "hubUrl">,
): Promise<void> {
  const { bytes, ...checksum } = expectedOf(entry);
  if (await isPublished(file, { bytes, ...checksum })) return;
  await fetchFile(addressOf(place, entry.path), file, {
    ...{ ...options, bytes, ...checksum },
    ...(onProgress === undefined ? {} : { onProgress: (here) => onProgress(entry.path, here, bytes) }),
  }).catch((fault: unknown) => {
    throw fault instanceof BioWeftError && fault.code === "NOT_FOUND" ? noModel(place, fault) : fault;
  });
}

/** What the listing says of a file: the SHA-256 of big ones, Git's own checksum of small ones. */
function expectedOf({ lfs, size, oid }: ListFileEntry): Expected & { readonly bytes: number } {
  if (lfs !== undefined) return { bytes: lfs.size, sha256: lfs.oid };
  return { bytes: size, ...(oid === undefined ? {} : { gitBlob: oid }) };
}

/** Where the hub sends a file from, by way of a signed link that is good for some minutes. */
function addressOf({ hubUrl, name, revision }: HubPlace, path: string): string {
  return `${hubUrl}/${name}/resolve/${encodeURIComponent(revision)}/${encodeURIComponent(path)}`;
}

async function listing(place: HubPlace): Promise<ListFileEntry[]> {
  const { hubUrl, name, revision } = place;
  const files: ListFileEntry[] = [];
  try {
    for await (const file of listFiles({ hubUrl, repo: name, revision })) {
      if (file.type === "file") files.push(file);
    }
  } catch (fault) {
    throw listingFault(fault, place);
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

function listingFault(fault: unknown, place: HubPlace): BioWeftError {
  const { hubUrl, name } = place;
  const status = fault instanceof HubApiError ? fault.statusCode : undefined;
  if (status === 401 || status === 403 || status === 404) return noModel(place, fault);
  if (status === 429) {
    return new BioWeftError("RATE_LIMITED", `${hubUrl} asks to slow down; try again later`, { cause: fault });
  }
  const reason = `${name} is no folder here and could not be fetched from ${hubUrl}: ${messageOf(fault)}; the same command goes on with it`;
  return new BioWeftError("UPSTREAM_UNAVAILABLE", reason, { cause: fault });
}

function noModel({ hubUrl, name, revision }: HubPlace, cause: unknown): BioWeftError {
  const reason = `${hubUrl} has no public model ${name} at revision ${revision}; a folder of that name is not here either`;
  return new BioWeftError("NOT_FOUND", reason, { cause });
}
