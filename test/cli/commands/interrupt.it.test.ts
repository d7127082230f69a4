/**
 * Ctrl-C in a process of its own: once, twice, and twice within a moment, as npx passes on what a terminal has sent
 * already. And a reader that goes before the output ends, as `head` does.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childEnvironment, PACKAGE_ROOT } from "../../../src/core/config.js";
import { isUnfinished } from "../../../src/core/files/whole-file.js";
import { startBioweft } from "../../support/command.js";

const HEAD = `
import { endWhenNobodyReads, onInterrupt } from ${JSON.stringify(pathToFileURL(join(PACKAGE_ROOT, "src/terminal/interrupt.ts")).href)};
import { writeWholeFile } from ${JSON.stringify(pathToFileURL(join(PACKAGE_ROOT, "src/core/files/whole-file.ts")).href)};
const interrupt = onInterrupt();
const say = (word) => process.stdout.write(word + " ");
/** Lets nothing through, as an update of a network does. */
const work = (millis) => { for (const end = Date.now() + millis; Date.now() < end; ); };
interrupt.signal.addEventListener("abort", () => say("stopping"));
const on = (run) => interrupt.signal.addEventListener("abort", run);
setTimeout(() => process.exit(9), 20_000);
`;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bioweft-interrupt-"));
});
afterAll(() => rm(dir, { recursive: true }));

/** Runs a program until it is ready. */
async function start(name: string, body: string) {
  const file = join(dir, `${name}.mts`);
  await writeFile(file, `${HEAD}\n${body}\nsay("ready");\n`);
  const child = spawn(process.execPath, ["--import", "tsx", file], {
    cwd: PACKAGE_ROOT,
    env: childEnvironment({}),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const heard: (() => void)[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    for (const listen of heard) listen();
  });
  const saying = (word: string) =>
    new Promise<void>((resolve) => {
      const listen = () => said.includes(word) && resolve();
      heard.push(listen);
      listen();
    });
  const ended = once(child, "close").then(([code, signal]) => ({
    ...{ code: code as number | null, signal: signal as string | null, words: said.trim().split(" ") },
  }));
  await saying("ready");
  return { child, saying, ended };
}

describe("Ctrl-C", { timeout: 30_000 }, () => {
  it("twice within a moment is one: the command stops cleanly", async () => {
    const { child, ended } = await start(
      "double",
      'on(() => setTimeout(() => { say("kept"); process.exit(3); }, 300));',
    );
    child.kill("SIGINT");
    await pause(50);
    child.kill("SIGINT");
    expect(await ended).toEqual({ code: 3, signal: null, words: ["ready", "stopping", "kept"] });
  });

  it("again later ends it at once", async () => {
    const { child, saying, ended } = await start("later", 'on(() => setTimeout(() => say("armed"), 700));');
    child.kill("SIGINT");
    await saying("armed");
    child.kill("SIGINT");
    expect(await ended).toEqual({ code: null, signal: "SIGINT", words: ["ready", "stopping", "armed"] });
  });

  it.each(["SIGINT", "SIGTERM"] as const)("%s ends within two seconds what does not stop", async (name) => {
    const { child, ended } = await start("deaf", "on(() => {});");
    const began = performance.now();
    child.kill(name);
    expect(await ended).toEqual({ code: null, signal: name, words: ["ready", "stopping"] });
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it("ends with a code of its own what may leave the rest to itself", async () => {
    const { child, ended } = await start("own", "interrupt.release(); onInterrupt({ exitCode: 4 });");
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 4, signal: null });
  });

  it.each([
    ["once, where it is not heard", "on(() => {});", 1],
    ["twice", 'on(() => setTimeout(() => say("armed"), 700));', 2],
    ["where nobody listens", "interrupt.release();", 1],
  ])("%s, leaves nothing unfinished behind", async (_name, body, presses) => {
    const file = join(dir, "out.txt");
    const write = `void writeWholeFile(${JSON.stringify(file)}, async function* () { for (;;) { yield "text"; await new Promise((go) => setTimeout(go, 50)); } });`;
    const { child, saying, ended } = await start(
      "unfinished",
      `${write}\n${body}\nsetTimeout(() => say("writing"), 300);`,
    );
    await saying("writing");
    expect((await readdir(dir)).filter(isUnfinished)).toHaveLength(1);
    child.kill("SIGINT");
    if (presses === 2) {
      await saying("armed");
      child.kill("SIGINT");
    }
    expect(await ended).toMatchObject({ code: null, signal: "SIGINT" });
    expect((await readdir(dir)).filter((name) => name.startsWith("out.txt"))).toEqual([]);
  });

  it("twice within a moment is one, though work hides the second for longer", async () => {
    const body =
      'on(() => setImmediate(() => { say("busy"); work(1500); say("kept"); setTimeout(() => process.exit(3), 50); }));';
    const { child, saying, ended } = await start("busy", body);
    child.kill("SIGINT");
    await saying("busy");
    child.kill("SIGINT");
    expect(await ended).toEqual({ code: 3, signal: null, words: ["ready", "stopping", "busy", "kept"] });
  });

  it("does not kill a command that is stopping and has let go, until the press is over", async () => {
    const body = 'on(() => { interrupt.release(); setTimeout(() => say("over"), 700); });';
    const { child, saying, ended } = await start("released", body);
    child.kill("SIGINT");
    await saying("stopping");
    child.kill("SIGINT");
    await saying("over");
    child.kill("SIGINT");
    expect(await ended).toEqual({ code: null, signal: "SIGINT", words: ["ready", "stopping", "over"] });
  });

  it("is nobody's after the work", async () => {
    const { child, ended } = await start("after", "interrupt.release();");
    child.kill("SIGINT");
    expect(await ended).toEqual({ code: null, signal: "SIGINT", words: ["ready"] });
  });
});

describe("output that nobody reads any more", { timeout: 30_000 }, () => {
  it("stops a command cleanly, whatever it says while it stops", async () => {
    const body =
      "endWhenNobodyReads(process.stdout); setInterval(() => say('more'), 20); on(() => setTimeout(() => process.exit(3), 900));";
    const { child, ended } = await start("unread", body);
    child.stdout.destroy();
    expect(await ended).toMatchObject({ code: 3, signal: null });
  });

  it.each([
    ["stdout", ["corpora"]],
    ["stderr", ["model", "info", "nowhere"]],
  ] as const)("%s: ends a command that has nothing to clean up, without a word", async (name, args) => {
    const { child, ended } = startBioweft(args, {});
    child[name]?.destroy();
    expect(await ended).toEqual({ code: 141, stdout: "", stderr: "" });
  });
});
