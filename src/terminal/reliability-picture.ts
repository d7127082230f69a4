/**
 * The reliability curve as an SVG picture: what was stated against what was right, before and after calibration, a
 * panel a probability. Points are bins of equal width, as large as their share of the cases.
 */
import { writeWholeFile } from "../core/files/whole-file.js";

/** A reliability curve as it is drawn: bins of cases, what was stated and what was right in each, fractions of 1. */
interface DrawnCurve {
  readonly bins: readonly { readonly stated: number; readonly right: number; readonly cases: number }[];
  readonly cases: number;
  /** Expected calibration error. */
  readonly error: number;
}

/** One probability's panel: what it is stated of, and its curves before and after calibration. */
interface ReliabilityPanel {
  readonly title: string;
  readonly before?: DrawnCurve;
  readonly after?: DrawnCurve;
}

const SIDE = 240;
const MARGIN = 48;
const PANEL = SIDE + 2 * MARGIN;

/** Writes the picture. Throws BAD_INPUT for a file that cannot be written. */
export function writeReliabilityPicture(file: string, panels: readonly ReliabilityPanel[]): Promise<void> {
  return writeWholeFile(file, toReliabilityPicture(panels));
}

function toReliabilityPicture(shown: readonly ReliabilityPanel[]): string {
  const panels = shown.map(panel);
  const width = PANEL * panels.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${PANEL + 24}" font-family="sans-serif" font-size="11" role="img" aria-label="Reliability">`,
    "<title>Reliability</title>",
    `<rect width="100%" height="100%" fill="white"/>`,
    ...panels.map(
      (content, index) => `<g transform="translate(${index * PANEL + MARGIN} ${MARGIN})">${content}</g>`,
    ),
    "</svg>\n",
  ].join("\n");
}

function panel({ title, before, after }: ReliabilityPanel): string {
  const ticks = [0, 0.5, 1].map(
    (at) =>
      `<text x="${SIDE * at}" y="${SIDE + 14}" text-anchor="middle">${at}</text><text x="-6" y="${SIDE * (1 - at) + 4}" text-anchor="end">${at}</text>`,
  );
  return [
    `<text x="${SIDE / 2}" y="-28" text-anchor="middle" font-weight="bold">${title}</text>`,
    `<rect width="${SIDE}" height="${SIDE}" fill="none" stroke="#888"/>`,
    `<line x1="0" y1="${SIDE}" x2="${SIDE}" y2="0" stroke="#bbb" stroke-dasharray="4 3"/>`,
    ...ticks,
    `<text x="${SIDE / 2}" y="${SIDE + 30}" text-anchor="middle">probability stated</text>`,
    `<text transform="translate(-30 ${SIDE / 2}) rotate(-90)" text-anchor="middle">share that is right</text>`,
    ...(before === undefined ? [] : [curve("before calibration", before, "#c60", -14)]),
    ...(after === undefined ? [] : [curve("as given", after, "#06c", -2)]),
  ].join("\n");
}

function curve(name: string, { bins, cases, error }: DrawnCurve, colour: string, legendY: number): string {
  const at = (fraction: number) => (SIDE * fraction).toFixed(1);
  const points = bins.map(({ stated, right }) => `${at(stated)},${at(1 - right)}`);
  const dots = bins.map((bin) => {
    const radius = (2 + 8 * Math.sqrt(bin.cases / cases)).toFixed(1);
    return `<circle cx="${at(bin.stated)}" cy="${at(1 - bin.right)}" r="${radius}" fill="${colour}" fill-opacity="0.5"/>`;
  });
  return [
    `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}"/>`,
    ...dots,
    `<text x="0" y="${legendY}" fill="${colour}">${name}: error ${error.toFixed(3)}</text>`,
  ].join("\n");
}
