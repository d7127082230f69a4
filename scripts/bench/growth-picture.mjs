/**
 * The cost of discovery as the graph grows, as an SVG picture on standard output: a line for each measurement over the number of
 * relations, both axes logarithmic. `node scripts/bench/growth-picture.mjs 1=one.json 11=eleven.json`, each file what
 * `bioweft bench discovery --relations N --json` printed and each number N in millions.
 */
import { readFileSync } from "node:fs";

const SHOWN = [
  "build from a stream, processor time",
  "load, processor time",
  "delta of 1000 rows, processor time",
  "closed, 95th percentile of processor time",
  "open, cheap rankers, 95th percentile of processor time",
  "open, the default, 95th percentile of processor time",
  "open, all rankers, 95th percentile of processor time",
  "paths of 4 hops, 95th percentile of processor time",
];
const COLOURS = ["#444", "#999", "#a60", "#090", "#06c", "#60c", "#c06", "#c00"];
const [LEFT, TOP, WIDTH, HEIGHT, NAMES] = [70, 30, 380, 360, 380];

const runs = process.argv.slice(2).map((text) => {
  const [millions, file] = text.split("=");
  const { rows } = JSON.parse(readFileSync(file, "utf8"));
  return { millions: Number(millions), values: new Map(rows.map(({ name, value }) => [name, value])) };
});
runs.sort((a, b) => a.millions - b.millions);
const sizes = runs.map(({ millions }) => millions);
const all = runs.flatMap(({ values }) => SHOWN.flatMap((name) => values.get(name) ?? []));
const ticks = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
const low = ticks.findLast((tick) => tick <= Math.min(...all)) ?? 1;
const high = ticks.find((tick) => tick >= Math.max(...all)) ?? Math.max(...all);
const place = (value, from, to, length) =>
  from === to ? 0 : (length * Math.log(value / from)) / Math.log(to / from);
const x = (millions) => (LEFT + place(millions, sizes[0], sizes.at(-1), WIDTH)).toFixed(1);
const y = (millis) => (TOP + HEIGHT - place(Math.max(millis, low), low, high, HEIGHT)).toFixed(1);
const said = (millis) => (millis < 1_000 ? `${millis} ms` : `${millis / 1_000} s`);

const lines = SHOWN.map((name, index) => {
  const points = runs.flatMap(({ millions, values }) => {
    const value = values.get(name);
    return value === undefined ? [] : [[x(millions), y(value)]];
  });
  const key = TOP + 14 + 18 * index;
  return [
    `<polyline points="${points.map((point) => point.join(",")).join(" ")}" fill="none" stroke="${COLOURS[index]}" stroke-width="2"/>`,
    ...points.map(([px, py]) => `<circle cx="${px}" cy="${py}" r="3" fill="${COLOURS[index]}"/>`),
    `<rect x="${LEFT + WIDTH + 20}" y="${key - 8}" width="10" height="10" fill="${COLOURS[index]}"/>`,
    `<text x="${LEFT + WIDTH + 36}" y="${key}">${name}</text>`,
  ].join("\n");
});
const width = LEFT + WIDTH + NAMES;
process.stdout.write(
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${TOP + HEIGHT + 50}" font-family="sans-serif" font-size="11" role="img" aria-label="Cost as the graph grows">`,
    "<title>Cost as the graph grows</title>",
    `<rect width="100%" height="100%" fill="white"/>`,
    `<rect x="${LEFT}" y="${TOP}" width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="#888"/>`,
    ...ticks
      .filter((tick) => tick >= low && tick <= high)
      .map(
        (tick) => `<text x="${LEFT - 8}" y="${Number(y(tick)) + 4}" text-anchor="end">${said(tick)}</text>`,
      ),
    ...sizes.map(
      (millions) =>
        `<text x="${x(millions)}" y="${TOP + HEIGHT + 16}" text-anchor="middle">${millions}</text>`,
    ),
    `<text x="${LEFT + WIDTH / 2}" y="${TOP + HEIGHT + 36}" text-anchor="middle">million relations</text>`,
    ...lines,
    "</svg>\n",
  ].join("\n"),
);
