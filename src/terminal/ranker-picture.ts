/**
 * What rankers reached on a time slice as an SVG picture: a panel for each figure, a row for each ranker with its value and the
 * interval that 95% of resamples hold, and the line of the ranker that all are compared with.
 */
import { writeWholeFile } from "../core/files/whole-file.js";

/** One ranker's value. */
interface RankerValue {
  readonly ranker: string;
  readonly value: number;
  readonly interval: readonly [number, number];
}

/** One figure of all rankers; the first row is the one that they are compared with. */
interface FigurePanel {
  readonly title: string;
  readonly rows: readonly RankerValue[];
}

const ROW = 20;
const NAMES = 170;
const SIDE = 300;
const PANEL = SIDE + 40;
const TOP = 56;

/** Writes the picture. Throws BAD_INPUT for a file that cannot be written. */
export function writeRankerPicture(
  file: string,
  title: string,
  panels: readonly FigurePanel[],
): Promise<void> {
  return writeWholeFile(file, toRankerPicture(title, panels));
}

function toRankerPicture(title: string, panels: readonly FigurePanel[]): string {
  const names = panels[0]?.rows.map(({ ranker }) => ranker) ?? [];
  const width = NAMES + PANEL * panels.length;
  const height = TOP + ROW * names.length + 30;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<rect width="100%" height="100%" fill="white"/>`,
    `<text x="12" y="20" font-size="13" font-weight="bold">${title}</text>`,
    ...names.map(
      (name, row) => `<text x="${NAMES - 10}" y="${middleOf(row) + 4}" text-anchor="end">${name}</text>`,
    ),
    ...panels.map(
      (panel, index) => `<g transform="translate(${NAMES + PANEL * index} 0)">${drawPanel(panel)}</g>`,
    ),
    "</svg>\n",
  ].join("\n");
}

function drawPanel({ title, rows }: FigurePanel): string {
  const most = Math.max(...rows.map(({ interval }) => interval[1]), Number.MIN_VALUE);
  const x = (value: number) => ((SIDE * value) / most).toFixed(1);
  const bottom = TOP + ROW * rows.length;
  const compared = x(rows[0]?.value ?? 0);
  return [
    `<text x="${SIDE / 2}" y="${TOP - 12}" text-anchor="middle" font-weight="bold">${title}</text>`,
    `<line x1="0" y1="${TOP}" x2="0" y2="${bottom}" stroke="#888"/>`,
    `<line x1="${compared}" y1="${TOP}" x2="${compared}" y2="${bottom}" stroke="#c60" stroke-dasharray="4 3"/>`,
    ...rows.map(({ value, interval: [low, high] }, row) => {
      const y = middleOf(row);
      return `<line x1="${x(low)}" y1="${y}" x2="${x(high)}" y2="${y}" stroke="#06c" stroke-width="2"/><circle cx="${x(value)}" cy="${y}" r="4" fill="#06c"/>`;
    }),
    ...[0, 0.5, 1].map(
      (share) =>
        `<text x="${SIDE * share}" y="${bottom + 16}" text-anchor="middle">${(most * share).toPrecision(2)}</text>`,
    ),
  ].join("\n");
}

function middleOf(row: number): number {
  return TOP + ROW * row + ROW / 2;
}
