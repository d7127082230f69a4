/**
 * Draws with sigma on WebGL; positions come from ForceAtlas2, a few rounds a frame, so that the page stays fluid.
 * `dispose` gives the graphics contexts back: a browser has only a few, and twenty visits must leave none.
 */
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import Sigma from "sigma";
import type { DrawnEdge, DrawnNode } from "./use-opened.js";

/** A picture on the page. */
export interface Picture {
  readonly graph: Graph;
  readonly sigma: Sigma;
  /** Shows these; what stood already keeps its place. */
  readonly show: (nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]) => void;
  readonly dispose: () => void;
}

const FRAME_MILLIS = 8;
const ROUNDS = 300;

/** Begins a picture; undefined where the browser has no WebGL. */
export function drawPicture(place: HTMLElement, onClick: (curie: string) => void): Picture | undefined {
  if (!hasWebgl()) return undefined;
  const graph = new Graph({ type: "undirected" });
  const sigma = new Sigma(graph, place, {
    allowInvalidContainer: true,
    labelColor: { color: styleOf("--text") },
    labelFont: "system-ui, sans-serif",
    labelDensity: 0.7,
    labelRenderedSizeThreshold: 5,
  });
  sigma.on("clickNode", ({ node }) => onClick(node));
  const layout = new Layout(graph);
  return {
    graph,
    sigma,
    show: (nodes, edges) => {
      addNew(graph, nodes, edges);
      layout.start();
    },
    dispose: () => {
      layout.stop();
      releaseContexts(place);
      sigma.kill();
    },
  };
}

/** ForceAtlas2 a slice at a time. */
class Layout {
  private frame = 0;
  private left = 0;

  constructor(private readonly graph: Graph) {}

  start(): void {
    this.left = ROUNDS;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.step());
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
  }

  private step(): void {
    const until = performance.now() + FRAME_MILLIS;
    const settings = { ...forceAtlas2.inferSettings(this.graph), barnesHutOptimize: this.graph.order > 500 };
    while (this.left > 0 && performance.now() < until) {
      forceAtlas2.assign(this.graph, { iterations: 1, settings });
      this.left--;
    }
    if (this.left > 0) this.frame = requestAnimationFrame(() => this.step());
  }
}

/** Asking the browser for a colour costs a layout: each is asked for once a change. */
function addNew(graph: Graph, nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]): void {
  const kept = new Set(nodes.map(({ curie }) => curie));
  for (const node of graph.nodes()) if (!kept.has(node)) graph.dropNode(node);
  const colors = new Map<string, string>();
  const colorOf = (name: string) => {
    const color = colors.get(name) ?? styleOf(name);
    colors.set(name, color);
    return color;
  };
  for (const [index, { curie, name, type, degree }] of nodes.entries()) {
    if (graph.hasNode(curie)) continue;
    // A spiral: the same picture every time, and no two at one place.
    const angle = index * 2.4;
    const radius = Math.sqrt(index + 1);
    graph.addNode(curie, {
      label: name,
      x: radius * Math.cos(angle),
      y: radius * Math.sin(angle),
      size: 4 + Math.log2(1 + degree),
      color: colorOf(`--${type.toLowerCase()}`),
    });
  }
  for (const { from, to, belief, type } of edges) {
    if (graph.hasEdge(from, to)) continue;
    graph.addEdge(from, to, { size: 0.5 + 2 * belief, weight: belief, color: colorOf(signColor(type)) });
  }
}

/** The theme's name of a relation's colour. */
function signColor(type: DrawnEdge["type"]): string {
  if (type === "POSITIVE_CORRELATION") return "--good";
  if (type === "NEGATIVE_CORRELATION") return "--bad";
  return "--line-strong";
}

/** A colour of the theme as the browser computes it: WebGL knows no light-dark(). */
function styleOf(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color === "" ? "#888888" : color;
}

function hasWebgl(): boolean {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

function releaseContexts(place: HTMLElement): void {
  for (const canvas of place.querySelectorAll("canvas")) {
    const context = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
}
