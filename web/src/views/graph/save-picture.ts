/**
 * The picture as a file: drawn anew as SVG from the positions on the screen, and from that as PNG at twice the size.
 */
import { fileName, saveBlob, saveText } from "../../files/save-file.js";
import type { Picture } from "./picture.js";

/** Saves what is on the screen. */
export function savePicture(picture: Picture, format: "png" | "svg", title: string): void {
  if (format === "svg") {
    saveText(fileName(title, "svg"), "image/svg+xml", toSvg(picture));
    return;
  }
  const { width, height } = picture.sigma.getDimensions();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  const image = new Image();
  image.onload = () => {
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => blob !== null && saveBlob(fileName(title, "png"), blob), "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(toSvg(picture))}`;
}

function toSvg({ graph, sigma }: Picture): string {
  const { width, height } = sigma.getDimensions();
  const at = (node: string) =>
    sigma.graphToViewport(sigma.getGraph().getNodeAttributes(node) as { x: number; y: number });
  const text = getComputedStyle(document.body);
  const lines = graph.mapEdges((_edge, { color, size }, from, to) => {
    const [a, b] = [at(from), at(to)];
    return `<line x1="${a.x}" y1="${a.y}" x2="${b.x}" y2="${b.y}" stroke="${color}" stroke-width="${size}" stroke-opacity="0.6"/>`;
  });
  const dots = graph.mapNodes((node, { color, size, label }) => {
    const { x, y } = at(node);
    return `<circle cx="${x}" cy="${y}" r="${size}" fill="${color}"/><text x="${x + Number(size) + 2}" y="${y + 4}" fill="${text.color}">${escaped(String(label))}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="${text.backgroundColor}"/>${lines.join("")}${dots.join("")}</svg>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
