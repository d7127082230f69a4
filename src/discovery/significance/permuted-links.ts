/**
 * Graphs in which everybody keeps the number of their neighbours of every role, and nothing else: two links of the same kind
 * exchange an end each, many times over. What is found in the real graph and not in these is not owed to degrees. Source: XSwap
 * (Hanhijärvi et al. 2009), as hetionet uses it (Himmelstein et al. 2017).
 */
import type { Random } from "../../core/random.js";
import { required } from "../../core/required.js";
import { type Adjacency, ROLES } from "../adjacency/adjacency.js";
import { allocateArrays, toAdjacency } from "../adjacency/compress.js";
import { GraphView } from "../adjacency/graph-view.js";
import { PairSet } from "./pair-set.js";

/** Exchanges that are tried for each link: with five, nine links in ten and more have other ends. */
const TRIES = 5;

/** Every link once, by the roles at its ends. */
interface LinkList {
  readonly ones: Uint32Array;
  readonly others: Uint32Array;
  /** Where the links of each kind begin, and where the last ends. */
  readonly bounds: readonly number[];
}

/** A chain of permuted graphs, each made from the one before. */
export class PermutedLinks {
  readonly #adjacency: Adjacency;
  readonly #links: LinkList;
  readonly #present: PairSet;
  readonly #random: Random;

  constructor(adjacency: Adjacency, random: Random) {
    this.#adjacency = adjacency;
    this.#random = random;
    this.#links = linkList(new GraphView(adjacency));
    const { ones, others } = this.#links;
    this.#present = new PairSet(adjacency.size, ones.length);
    for (let link = 0; link < ones.length; link++) this.#present.add(end(ones, link), end(others, link));
  }

  /** Exchanges ends, and gives the graph that comes of it: links alone, without types, beliefs and papers. */
  next(): Adjacency {
    const { bounds } = this.#links;
    for (const [kind, low] of bounds.slice(0, -1).entries()) {
      const high = required(bounds[kind + 1], "the end of a kind");
      const isSymmetric = kind % (ROLES.length + 1) === 0;
      for (let tried = TRIES * (high - low); tried > 0; tried--) this.#exchange(low, high, isSymmetric);
    }
    return linksOnly(this.#adjacency, this.#links);
  }

  #exchange(low: number, high: number, isSymmetric: boolean): void {
    const { ones, others } = this.#links;
    const first = low + Math.floor(this.#random.next() * (high - low));
    const second = low + Math.floor(this.#random.next() * (high - low));
    const [a, b] = [end(ones, first), end(others, first)];
    let [c, d] = [end(ones, second), end(others, second)];
    // subtle: between entities of one role a link has no direction, and either of its ends may go.
    if (isSymmetric && this.#random.next() < 0.5) [c, d] = [d, c];
    if (a === d || b === c || this.#present.has(a, d) || this.#present.has(c, b)) return;
    this.#present.delete(a, b);
    this.#present.delete(c, d);
    this.#present.add(a, d);
    this.#present.add(c, b);
    ones[first] = a;
    others[first] = d;
    ones[second] = c;
    others[second] = b;
  }
}

function end(ends: Uint32Array, link: number): number {
  return required(ends[link], "a link's end");
}

function linkList(view: GraphView): LinkList {
  const kinds = ROLES.length ** 2;
  const counts = new Array<number>(kinds).fill(0);
  const visit = (see: (kind: number, one: number, other: number) => void) => {
    const room = view.room();
    for (let one = 0; one < view.size; one++) {
      const role = view.role(one);
      const count = view.neighbours(one, room);
      for (let i = 0; i < count; i++) {
        const other = end(room.targets, i);
        const otherRole = view.role(other);
        // Each link is seen from both of its ends.
        if (role < otherRole || (role === otherRole && one < other))
          see(role * ROLES.length + otherRole, one, other);
      }
    }
  };
  visit((kind) => {
    counts[kind] = required(counts[kind], "a kind") + 1;
  });
  const bounds = [0];
  for (const count of counts) bounds.push(required(bounds.at(-1), "a bound") + count);
  const all = required(bounds.at(-1), "a bound");
  const [ones, others] = [new Uint32Array(all), new Uint32Array(all)];
  const next = [...bounds];
  visit((kind, one, other) => {
    const at = required(next[kind], "a kind's place");
    ones[at] = one;
    others[at] = other;
    next[kind] = at + 1;
  });
  return { ones, others, bounds };
}

/** The entities of an adjacency with other links. */
function linksOnly({ entityTypes, names, size }: Adjacency, { ones, others }: LinkList): Adjacency {
  const starts = new Uint32Array(size);
  const ends = new Uint32Array(size);
  for (const side of [ones, others])
    for (const entity of side) ends[entity] = required(ends[entity], "an entity's links") + 1;
  let place = 0;
  for (let entity = 0; entity < size; entity++) {
    starts[entity] = place;
    place += required(ends[entity], "an entity's links");
  }
  ends.set(starts);
  const targets = new Uint32Array(place);
  const put = (entity: number, target: number) => {
    const at = required(ends[entity], "a row's end");
    targets[at] = target;
    ends[entity] = at + 1;
  };
  for (let link = 0; link < ones.length; link++) {
    put(end(ones, link), end(others, link));
    put(end(others, link), end(ones, link));
  }
  return linkAdjacency({ entityTypes, starts, ends, targets }, names);
}

/** An adjacency of links alone: it answers who is related to whom, and no more. */
export function linkAdjacency(
  links: Pick<Adjacency, "entityTypes" | "starts" | "ends" | "targets">,
  names: Adjacency["names"],
): Adjacency {
  const nothing = allocateArrays({ entities: 0, edges: 0, papers: 0 });
  const { length } = links.targets;
  const facts = { names, relations: length / 2, edgesUsed: length, papersUsed: 0 };
  return toAdjacency({ ...nothing, ...links }, facts);
}
