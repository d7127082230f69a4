/**
 * A run's curve, `curve.jsonl`, as a picture: the loss over the steps and, beside it, pair and typed F1 of the
 * held-out documents where they were measured. Plain SVG, drawn here: two axes and three lines need no library.
 */

/** A line of the curve; `held` where the held-out documents were scored. */
export interface CurveLine {
  readonly step: number;
  readonly loss?: number;
  readonly held?: { readonly pair: { readonly f1: number }; readonly typed: { readonly f1: number } };
  readonly [other: string]: unknown;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const WIDTH = 720;
const HEIGHT = 360;
const MARGIN = 48;
const COLOURS = { loss: "#555555", pair: "#0072b2", typed: "#d55e00" };

/** The lines of a curve file; a last line that was cut off by a kill is left out. */
export function parseCurve(text: string): CurveLine[] {
  const lines = text.split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as CurveLine);
}

/** The picture. Loss is scaled to its own maximum (left axis), F1 runs from 0 to 1 (right axis). */
export function curvePicture(lines: readonly CurveLine[]): string {
  const lastStep = Math.max(1, ...lines.map(({ step }) => step));
  const losses = lines.flatMap(({ step, loss }) =>
    loss === undefined || !Number.isFinite(loss) ? [] : [{ x: step, y: loss }],
  );
  const top = Math.max(Number.EPSILON, ...losses.map(({ y }) => y));
  const held = (kind: "pair" | "typed") =>
    lines.flatMap(({ step, held: scores }) =>
      scores === undefined ? [] : [{ x: step, y: scores[kind].f1 }],
    );
  const line = (points: readonly Point[], colour: string, scale: number) =>
    polyline(
      points.map(({ x, y }) => ({ x: x / lastStep, y: y / scale })),
      colour,
    );
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img" aria-label="Training">`,
    "<title>Training</title>",
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    frame(lastStep, top),
    line(losses, COLOURS.loss, top),
    line(held("pair"), COLOURS.pair, 1),
    line(held("typed"), COLOURS.typed, 1),
    "</svg>",
  ].join("\n")}\n`;
}

function polyline(points: readonly Point[], colour: string): string {
  const places = points.map(toPixels);
  const dots =
    places.length > 60
      ? []
      : places.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="2.5" fill="${colour}"/>`);
  const path = places.map(({ x, y }) => `${x},${y}`).join(" ");
  return [`<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.5"/>`, ...dots].join(
    "\n",
  );
}

/** Shares of the axes → pixels, rounded to a tenth. */
function toPixels({ x, y }: Point): Point {
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    x: round(MARGIN + x * (WIDTH - 2 * MARGIN)),
    y: round(HEIGHT - MARGIN - y * (HEIGHT - 2 * MARGIN)),
  };
}

function frame(lastStep: number, top: number): string {
  const text = (place: Point, words: string, anchor: string, colour = "#000000") =>
    `<text x="${place.x}" y="${place.y}" text-anchor="${anchor}" fill="${colour}">${words}</text>`;
  const [bottom, right] = [HEIGHT - MARGIN, WIDTH - MARGIN];
  const heights = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => {
    const { y } = toPixels({ x: 0, y: share });
    return [
      `<line x1="${MARGIN}" x2="${right}" y1="${y}" y2="${y}" stroke="#dddddd"/>`,
      text({ x: MARGIN - 6, y: y + 4 }, (share * top).toFixed(2), "end"),
      text({ x: right + 6, y: y + 4 }, share.toFixed(2), "start"),
    ];
  });
  return [
    ...heights,
    text({ x: MARGIN, y: bottom + 18 }, "0", "middle"),
    text({ x: right, y: bottom + 18 }, `${lastStep} steps`, "end"),
    text({ x: MARGIN, y: MARGIN - 16 }, "loss", "start", COLOURS.loss),
    text({ x: right - 130, y: MARGIN - 16 }, "held out: pair F1", "end", COLOURS.pair),
    text({ x: right, y: MARGIN - 16 }, "typed F1", "end", COLOURS.typed),
  ].join("\n");
}
