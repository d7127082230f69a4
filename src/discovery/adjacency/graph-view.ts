/**
 * The graph of one question: what was known by the end of a year and passes the filter, read off the adjacency without
 * copying it. Parallel relations between two entities count as one link, one of an
 * entity with itself as none. Degrees are counted once a view, in one pass.
 */
import { RELATION_TYPES, type RelationType } from "../../core/relation-types.js";
import { type Adjacency, ROLE_OF_TYPE, ROLES } from "./adjacency.js";
import { agreedSign, relationSign, relationTypeAt, type Sign } from "./vocabulary.js";

/** Which relations count as a link. */
export interface LinkFilter {
  /** Only what was known by the end of this year, with the belief of then; relations without a year are not seen. */
  readonly asOf?: number | undefined;
  readonly types?: ReadonlySet<RelationType> | undefined;
  /** 0–1, inclusive. */
  readonly minBelief?: number | undefined;
  /** Papers that a relation needs, as of the year. */
  readonly minPapers?: number | undefined;
}

/** Room for the links of one entity, reused from entity to entity. */
export interface LinkRoom {
  targets: Uint32Array;
  /** Belief in the likeliest of the parallel relations. */
  beliefs: Float64Array;
}

/** All relations between one entity and a neighbour, unpacked. */
export interface Link {
  readonly target: number;
  readonly belief: number;
  readonly types: readonly RelationType[];
  readonly sign: Sign;
}

/** One relation between two entities, as of the question's year. */
export interface RelationFacts {
  readonly type: RelationType;
  readonly belief: number;
  readonly papers: number;
  /** Year of the first paper; undefined where no paper has a year. */
  readonly firstYear?: number;
}

/** One question's graph. */
export class GraphView {
  readonly adjacency: Adjacency;
  readonly filter: LinkFilter;
  readonly #typeMask: number;
  readonly #weighs: boolean;
  /** Whether every edge is seen: then none is looked at twice. */
  readonly #seesAll: boolean;
  #degrees: { all: Uint32Array; byRole: readonly Uint32Array[] } | undefined;

  constructor(adjacency: Adjacency, filter: LinkFilter = {}) {
    this.adjacency = adjacency;
    this.filter = filter;
    this.#typeMask = RELATION_TYPES.reduce(
      (mask, type, code) =>
        filter.types === undefined || filter.types.has(type) ? mask | (1 << code) : mask,
      0,
    );
    this.#weighs = filter.minBelief !== undefined || filter.minPapers !== undefined;
    this.#seesAll = filter.asOf === undefined && filter.types === undefined && !this.#weighs;
  }

  get size(): number {
    return this.adjacency.size;
  }

  /** Role (0 to 2, see ROLES) of an entity. */
  role(entity: number): number {
    return ROLE_OF_TYPE[this.adjacency.entityTypes[entity] ?? 0] ?? 0;
  }

  /** Room for the links of any entity of this view. */
  room(): LinkRoom {
    return { targets: new Uint32Array(256), beliefs: new Float64Array(256) };
  }

  /** Puts an entity's neighbours into the room, by rising number, and gives how many; beliefs only where asked. */
  neighbours(entity: number, room: LinkRoom, withBeliefs = false): number {
    const { starts, ends, targets } = this.adjacency;
    const start = starts[entity] ?? 0;
    const end = ends[entity] ?? 0;
    if (end - start > room.targets.length) grow(room, end - start);
    let count = 0;
    let last = -1;
    for (let edge = start; edge < end; edge++) {
      const target = targets[edge] ?? 0;
      if ((target === last && !withBeliefs) || target === entity) continue;
      if (!this.#sees(edge)) continue;
      if (target !== last) room.targets[count++] = last = target;
      else if (withBeliefs) {
        room.beliefs[count - 1] = Math.max(room.beliefs[count - 1] ?? 0, this.belief(edge));
        continue;
      }
      if (withBeliefs) room.beliefs[count - 1] = this.belief(edge);
    }
    return count;
  }

  /** Edges stored for an entity: what reading its neighbours costs. */
  stored(entity: number): number {
    return (this.adjacency.ends[entity] ?? 0) - (this.adjacency.starts[entity] ?? 0);
  }

  /** How many distinct entities each entity is related to. */
  get degrees(): Uint32Array {
    return this.#countDegrees().all;
  }

  /** The same by the role of the neighbour: the degree of a metaedge. */
  degreesByRole(role: number): Uint32Array {
    return this.#countDegrees().byRole[role] ?? this.degrees;
  }

  /** An entity's links with their relations, for showing them. */
  links(entity: number): Link[] {
    const { starts, ends, targets, relationTypes } = this.adjacency;
    const found: { target: number; belief: number; types: RelationType[] }[] = [];
    for (let edge = starts[entity] ?? 0; edge < (ends[entity] ?? 0); edge++) {
      const target = targets[edge] ?? 0;
      if (target === entity || !this.#sees(edge)) continue;
      const type = relationTypeAt(relationTypes[edge] ?? 0);
      const last = found.at(-1);
      // Edges stand in order of their targets, so parallel relations follow each other.
      if (last?.target === target) {
        last.belief = Math.max(last.belief, this.belief(edge));
        last.types.push(type);
      } else {
        found.push({ target, belief: this.belief(edge), types: [type] });
      }
    }
    return found.map((link) => ({ ...link, sign: agreedSign(link.types.map(relationSign)) }));
  }

  /** The relations between two entities, one by one. */
  relationsBetween(one: number, other: number): RelationFacts[] {
    const { ends, targets, relationTypes, firstYears } = this.adjacency;
    const found: RelationFacts[] = [];
    const end = ends[one] ?? 0;
    for (let edge = this.#firstEdge(one, other); edge < end && targets[edge] === other; edge++) {
      if (!this.#sees(edge)) continue;
      const type = relationTypeAt(relationTypes[edge] ?? 0);
      const firstYear = firstYears[edge] ?? 0;
      const facts = { type, belief: this.belief(edge), papers: this.papers(edge) };
      found.push(firstYear === 0 ? facts : { ...facts, firstYear });
    }
    return found;
  }

  /** The relation's belief, from the papers of until the year asked about. */
  belief(edge: number): number {
    const { beliefs, paperStarts, paperCounts, paperYears, paperWeights } = this.adjacency;
    const { asOf } = this.filter;
    const papers = paperCounts[edge] ?? 0;
    if (asOf === undefined || papers <= 1) return beliefs[edge] ?? 0;
    const start = paperStarts[edge] ?? 0;
    let doubt = 1;
    let left = false;
    for (let paper = start; paper < start + papers; paper++) {
      const year = paperYears[paper] ?? 0;
      if (year === 0 || year > asOf) left = true;
      else doubt *= 1 - (paperWeights[paper] ?? 0);
    }
    return left ? 1 - doubt : (beliefs[edge] ?? 0);
  }

  /** The papers that make the relation, of until the year asked about. */
  papers(edge: number): number {
    const { paperStarts, paperCounts, paperYears } = this.adjacency;
    const { asOf } = this.filter;
    const all = paperCounts[edge] ?? 0;
    if (asOf === undefined) return all;
    const start = paperStarts[edge] ?? 0;
    let papers = 0;
    for (let paper = start; paper < start + all; paper++) {
      const year = paperYears[paper] ?? 0;
      if (year !== 0 && year <= asOf) papers++;
    }
    return papers;
  }

  /** Where an entity's edges to another begin, or would: they stand in order of their targets. */
  #firstEdge(entity: number, target: number): number {
    const { starts, ends, targets } = this.adjacency;
    let [from, to] = [starts[entity] ?? 0, ends[entity] ?? 0];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((targets[middle] ?? 0) < target) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Whether an edge passes the filter; without a year nothing shows that it was known. */
  #sees(edge: number): boolean {
    if (this.#seesAll) return true;
    const { asOf, minBelief, minPapers } = this.filter;
    const { firstYears, relationTypes } = this.adjacency;
    if (asOf !== undefined) {
      const year = firstYears[edge] ?? 0;
      if (year === 0 || year > asOf) return false;
    }
    if (((this.#typeMask >> (relationTypes[edge] ?? 0)) & 1) === 0) return false;
    if (!this.#weighs) return true;
    if (minBelief !== undefined && this.belief(edge) < minBelief) return false;
    return minPapers === undefined || this.papers(edge) >= minPapers;
  }

  #countDegrees() {
    if (this.#degrees !== undefined) return this.#degrees;
    const { starts, ends, targets } = this.adjacency;
    const all = new Uint32Array(this.size);
    const byRole = ROLES.map(() => new Uint32Array(this.size));
    for (let entity = 0; entity < this.size; entity++) {
      const counts = [0, 0, 0];
      let last = -1;
      const end = ends[entity] ?? 0;
      for (let edge = starts[entity] ?? 0; edge < end; edge++) {
        const target = targets[edge] ?? 0;
        if (target === last || target === entity || !this.#sees(edge)) continue;
        last = target;
        const role = this.role(target);
        counts[role] = (counts[role] ?? 0) + 1;
      }
      for (const [role, degrees] of byRole.entries()) degrees[entity] = counts[role] ?? 0;
      all[entity] = counts.reduce((sum, count) => sum + count, 0);
    }
    this.#degrees = { all, byRole };
    return this.#degrees;
  }
}

function grow(room: LinkRoom, length: number): void {
  const capacity = 2 ** Math.ceil(Math.log2(length));
  room.targets = new Uint32Array(capacity);
  room.beliefs = new Float64Array(capacity);
}
