/** Corpora fetched whole from a server of ours: archives unpacked into the layout that the readers expect. */
import { spawn, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buffer, text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { create } from "tar";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { BIORED } from "../../../ingest/corpora/declared/biored.js";
import { fetchCorpus, splitsIn } from "../../../ingest/corpora/fetching-corpora.js";
import type { Download } from "../../../ingest/download/publisher.js";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import { type FileServer, startFileServer } from "../../support/servers/file-server.js";

let server: FileServer;
let folder: string;

beforeAll(async () => {
  server = await startFileServer();
});
beforeEach(async () => {
  server.recover();
  folder = await mkdtemp(join(tmpdir(), "bioweft-corpora-"));
  return () => rm(folder, { recursive: true });
});
afterAll(() => server.close());

/** An archive of files by their paths. */
async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  return buffer(zip.outputStream);
}

async function tarOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const source = join(folder, "source");
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(source, path)), { recursive: true });
    await writeFile(join(source, path), content);
  }
  const packed = await buffer(create({ cwd: source, gzip: true }, Object.keys(files)));
  await rm(source, { recursive: true });
  return packed;
}

const published = (unpack: Download["unpack"], path = "/pub/BIORED.bin"): CorpusDeclaration => ({
  ...BIORED,
  publisher: {
    about: "",
    page: "https://example.org",
    downloads: [{ url: `https://example.org${path}`, ...(unpack === undefined ? {} : { unpack }) }],
  },
});
const fetchTo = (corpus: CorpusDeclaration, to = join(folder, "biored")) =>
  fetchCorpus(corpus, to, { baseUrl: server.url, retries: 0 });
const contents = async (name: string) => readFile(join(folder, "biored", name), "utf8");

describe("fetchCorpus", () => {
  it.each(["zip", "tar.gz"] as const)("unpacks a %s into the published layout", async (kind) => {
    const files = { "BioRED/Train.PubTator": "a", "BioRED/Dev.PubTator": "b", "BioRED/notes/x.txt": "c" };
    server.offer("/pub/BIORED.bin", await (kind === "zip" ? zipOf(files) : tarOf(files)));
    await fetchTo(published(kind));
    expect(await contents("Train.PubTator")).toBe("a");
    expect(await contents("BioRED/notes/x.txt")).toBe("c");
    expect(await splitsIn(BIORED, join(folder, "biored"))).toEqual(["train", "dev"]);
    expect(await readdir(folder)).toEqual(["biored"]);
  });

  it("unpacks a gz and an archive in an archive", async () => {
    server.offer("/pub/Dev.PubTator.gz", gzipSync("d"));
    await fetchTo(published("gz", "/pub/Dev.PubTator.gz"));
    expect(await contents("Dev.PubTator")).toBe("d");
    const inner = await zipOf({ "deep/Train.PubTator": "t" });
    server.offer("/pub/BIORED.bin", await zipOf({ "all/inner.zip": inner }));
    const second = join(folder, "second");
    await fetchTo(published("zip"), second);
    expect(await readFile(join(second, "Train.PubTator"), "utf8")).toBe("t");
  });

  it("refuses an archive that leaves its folder, one that is cut, and a folder in use", async () => {
    const sly = await zipOf({ "aa/evil.txt": "x" });
    for (let at = sly.indexOf("aa/"); at !== -1; at = sly.indexOf("aa/", at + 1)) sly.write("../", at);
    server.offer("/pub/BIORED.bin", sly);
    await expect(fetchTo(published("zip"))).rejects.toMatchObject({ code: "BAD_INPUT" });
    server.offer("/pub/BIORED.bin", sly.subarray(0, 40));
    await expect(fetchTo(published("zip"))).rejects.toMatchObject({ code: "BAD_INPUT" });
    expect(await readdir(folder)).toEqual(["biored.unfinished"]);
    await mkdir(join(folder, "biored"));
    await writeFile(join(folder, "biored", "mine.txt"), "mine");
    await expect(fetchTo(published("zip"))).rejects.toMatchObject({ code: "BAD_INPUT" });
    expect(await contents("mine.txt")).toBe("mine");
  });

  it("notes the checksum of a first download, and refuses another file later, from any mirror", async () => {
    const checksums = join(folder, "notes", "checksums.json");
    const heard: unknown[] = [];
    const fetchAgain = (to: string) =>
      fetchCorpus(published("gz", "/pub/Dev.PubTator.gz"), join(folder, to), {
        baseUrl: server.url,
        retries: 0,
        checksums,
        onChecksum: (file, { since }) => void heard.push(file, since),
      });
    server.offer("/pub/Dev.PubTator.gz", gzipSync("d"));
    await fetchAgain("one");
    await fetchAgain("two");
    const today = new Date().toISOString().slice(0, 10);
    expect(heard).toEqual(["Dev.PubTator.gz", undefined, "Dev.PubTator.gz", today]);
    server.offer("/pub/Dev.PubTator.gz", gzipSync("something else"));
    await expect(fetchAgain("three")).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringMatching(
        /example\.org.* first fetched on .* take its entry out of .*checksums\.json/,
      ),
    });
    expect(await readdir(join(folder, "three.unfinished"))).toEqual(["whole"]);
    await writeFile(checksums, "half {");
    await expect(fetchAgain("three")).rejects.toMatchObject({
      code: "BAD_INPUT",
      place: { file: checksums },
    });
    await rm(checksums);
    await fetchAgain("three");
  });

  it("says where to ask for a corpus that has no download", async () => {
    const closed = { ...BIORED, publisher: { about: "", page: "https://example.org/ask", downloads: [] } };
    await expect(fetchTo(closed)).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("https://example.org/ask"),
    });
  });
});

describe("bioweft corpora", () => {
  const run = async (...args: string[]) => {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", join(PACKAGE_ROOT, "src/cli/main.ts"), "corpora", ...args],
      {
        cwd: PACKAGE_ROOT,
        env: { ...process.env, BIOWEFT_HOME: folder },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { out, err, code };
  };

  it("shows the licence, refuses without a yes, fetches with it, and then lists the corpus as here", async () => {
    server.offer("/pub/lu/BioRED/BIORED.zip", await zipOf({ "BioRED/Train.PubTator": "a" }));
    const refused = await run("fetch", "biored", "--base", server.url);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("--accept-licence") });
    expect(refused.err).toContain(BIORED.licence);
    expect(server.ranges).toEqual([]);
    const fetched = await run("fetch", "biored", "--base", server.url, "--accept-licence");
    expect(fetched).toMatchObject({ code: 0, out: expect.stringContaining("biored → ") });
    expect(fetched.err).toMatch(
      /BIORED\.zip: its publisher states no checksum; sha256 [0-9a-f]{64} is noted in /,
    );
    const { corpora } = JSON.parse((await run("--json")).out);
    expect(corpora).toContainEqual(
      expect.objectContaining({ name: "biored", splits: ["train"], licence: BIORED.licence }),
    );
    expect(corpora).toContainEqual(expect.objectContaining({ name: "bc5cdr", splits: [] }));
  });

  // util-linux's script gives a program a terminal; elsewhere it takes other options.
  const hasScript = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;
  it.skipIf(!hasScript)("asks on a terminal, and takes a yes and nothing else", async () => {
    server.offer("/pub/lu/BioRED/BIORED.zip", await zipOf({ "BioRED/Train.PubTator": "a" }));
    const command = `${process.execPath} --import tsx src/cli/main.ts corpora fetch biored --base ${server.url}`;
    const onTerminal = async (answer: string) => {
      const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
        cwd: PACKAGE_ROOT,
        env: { ...process.env, BIOWEFT_HOME: folder },
        stdio: ["pipe", "pipe", "ignore"],
      });
      let shown = "";
      child.stdout.on("data", (chunk: Buffer) => {
        shown += chunk.toString();
        if (shown.includes("[y/N]") && child.stdin.writable) child.stdin.end(`${answer}\n`);
      });
      const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
      return { code, shown };
    };
    const refused = await onTerminal("perhaps");
    expect(refused).toMatchObject({ code: 1, shown: expect.stringContaining(BIORED.licence) });
    expect(refused.shown).toContain("the licence was not accepted; nothing was downloaded");
    expect(server.ranges).toEqual([]);
    const accepted = await onTerminal("yes");
    expect(accepted).toMatchObject({ code: 0, shown: expect.stringContaining("biored → ") });
    expect(await splitsIn(BIORED, join(folder, "corpora", "biored"))).toEqual(["train"]);
  });
});
