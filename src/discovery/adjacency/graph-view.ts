/**
 * The graph of one question: what was known by the end of a year and passes the filter, read off the adjacency without
 * copying it. Parallel relations between two entities count as one link, one of an
 * entity with itself as none. Degrees are counted once a view, in one pass.
 */
import type { SourceKind } from "../../core/evidence.js";
import {
  ENTITY_TYPES,
  type EntityType,
  RELATION_TYPES,
  type RelationType,
} from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import { type Adjacency, ROLE_OF_TYPE, ROLES } from "./adjacency.js";
import { EdgePapers } from "./edge-papers.js";
import { agreedSign, relationSign, relationTypeAt, type Sign } from "./vocabulary.js";

/** Which relations count as a link. */
export interface LinkFilter {
  /** Only what was known by the end of this year, with the belief of then; relations without a year are not seen. */
  readonly asOf?: number | undefined;
  readonly types?: ReadonlySet<RelationType> | undefined;
  /** Only what these kinds of source say, with the belief and the papers that they give. */
  readonly sources?: ReadonlySet<SourceKind> | undefined;
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
  readonly #papers: EdgePapers;
  /** Whether every edge is seen: then none is looked at twice. */
  readonly #seesAll: boolean;
  readonly #ofType = new Map<EntityType | undefined, readonly number[]>();
  #connected: number | undefined;
  #degrees: { all: Uint32Array; byRole: readonly Uint32Array[] } | undefined;

  constructor(adjacency: Adjacency, filter: LinkFilter = {}) {
    this.adjacency = adjacency;
    this.filter = filter;
    this.#typeMask = RELATION_TYPES.reduce(
      (mask, type, code) =>
        filter.types === undefined || filter.types.has(type) ? mask | (1 << code) : mask,
      0,
    );
    this.#papers = new EdgePapers(adjacency, filter.asOf, filter.sources);
    this.#weighs =
      filter.minBelief !== undefined || filter.minPapers !== undefined || filter.sources !== undefined;
    this.#seesAll = filter.asOf === undefined && filter.types === undefined && !this.#weighs;
  }

  get size(): number {
    return this.adjacency.size;
  }

  /** Role (0 to 2, see ROLES) of an entity. */
  role(entity: number): number {
    return required(
      ROLE_OF_TYPE[required(this.adjacency.entityTypes[entity], "an entity's type")],
      "a type's role",
    );
  }

  /** Room for the links of any entity of this view. */
  room(): LinkRoom {
    return { targets: new Uint32Array(256), beliefs: new Float64Array(256) };
  }

  /** Puts an entity's neighbours into the room, by rising number, and gives how many; beliefs only where asked. */
  neighbours(entity: number, room: LinkRoom, withBeliefs = false): number {
    const { starts, ends, targets } = this.adjacency;
    const start = required(starts[entity], "a row's start");
    const end = required(ends[entity], "a row's end");
    if (end - start > room.targets.length) grow(room, end - start);
    let count = 0;
    let last = -1;
    for (let edge = start; edge < end; edge++) {
      const target = required(targets[edge], "an edge's target");
      if ((target === last && !withBeliefs) || target === entity) continue;
      if (!this.#sees(edge)) continue;
      if (target !== last) room.targets[count++] = last = target;
      else if (withBeliefs) {
        const known = required(room.beliefs[count - 1], "a link's belief");
        room.beliefs[count - 1] = Math.max(known, this.belief(edge));
        continue;
      }
      if (withBeliefs) room.beliefs[count - 1] = this.belief(edge);
    }
    return count;
  }

  /** Edges stored for an entity: what reading its neighbours costs. */
  stored(entity: number): number {
    const { starts, ends } = this.adjacency;
    return required(ends[entity], "a row's end") - required(starts[entity], "a row's start");
  }

  /** How many distinct entities each entity is related to. */
  get degrees(): Uint32Array {
    return this.#countDegrees().all;
  }

  /** The same by the role of the neighbour: the degree of a metaedge. */
  degreesByRole(role: number): Uint32Array {
    return required(this.#countDegrees().byRole[role], "a role's degrees");
  }

  /** How many entities are related to any. */
  get connected(): number {
    this.#connected ??= this.degrees.reduce((count, degree) => count + (degree > 0 ? 1 : 0), 0);
    return this.#connected;
  }

  /** The entities of a type, or all, that are related to any, by rising number. */
  connectedOf(type: EntityType | undefined): readonly number[] {
    const known = this.#ofType.get(type);
    if (known !== undefined) return known;
    const { entityTypes } = this.adjacency;
    const code = type === undefined ? -1 : ENTITY_TYPES.indexOf(type);
    const found: number[] = [];
    for (const [entity, degree] of this.degrees.entries()) {
      if (degree > 0 && (code < 0 || entityTypes[entity] === code)) found.push(entity);
    }
    this.#ofType.set(type, found);
    return found;
  }

  /** An entity's links with their relations, for showing them; only to those marked with 1 where `among` is given. */
  links(entity: number, among?: Uint8Array): Link[] {
    const { starts, ends, targets, relationTypes } = this.adjacency;
    const found: { target: number; belief: number; types: RelationType[] }[] = [];
    const end = required(ends[entity], "a row's end");
    for (let edge = required(starts[entity], "a row's start"); edge < end; edge++) {
      const target = required(targets[edge], "an edge's target");
      if (target === entity || among?.[target] === 0 || !this.#sees(edge)) continue;
      const type = relationTypeAt(required(relationTypes[edge], "an edge's type"));
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
    const { ends, targets, relationTypes } = this.adjacency;
    const found: RelationFacts[] = [];
    const end = required(ends[one], "a row's end");
    for (let edge = this.#firstEdge(one, other); edge < end && targets[edge] === other; edge++) {
      if (!this.#sees(edge)) continue;
      const type = relationTypeAt(required(relationTypes[edge], "an edge's type"));
      const firstYear = this.#papers.firstYear(edge);
      const facts = { type, belief: this.belief(edge), papers: this.#papers.count(edge) };
      found.push(firstYear === 0 ? facts : { ...facts, firstYear });
    }
    return found;
  }

  /** The relation's belief, from the papers of until the year and of the sources asked about. */
  belief(edge: number): number {
    return this.#papers.belief(edge);
  }

  /** Where an entity's edges to another begin, or would: they stand in order of their targets. */
  #firstEdge(entity: number, target: number): number {
    const { starts, ends, targets } = this.adjacency;
    let from = required(starts[entity], "a row's start");
    let to = required(ends[entity], "a row's end");
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (required(targets[middle], "an edge's target") < target) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Whether an edge passes the filter; without a year nothing shows that it was known. */
  #sees(edge: number): boolean {
    if (this.#seesAll) return true;
    const { asOf, sources, minBelief, minPapers } = this.filter;
    const { firstYears, relationTypes } = this.adjacency;
    if (asOf !== undefined) {
      const year = required(firstYears[edge], "an edge's first year");
      if (year === 0 || year > asOf) return false;
    }
    if (((this.#typeMask >> required(relationTypes[edge], "an edge's type")) & 1) === 0) return false;
    if (!this.#weighs) return true;
    if (minBelief !== undefined && this.belief(edge) < minBelief) return false;
    // Of the sources asked for, one paper at least must say so.
    const least = Math.max(minPapers ?? 0, sources === undefined ? 0 : 1);
    return least === 0 || this.#papers.count(edge) >= least;
  }

  #countDegrees() {
    if (this.#degrees !== undefined) return this.#degrees;
    const { starts, ends, targets } = this.adjacency;
    const all = new Uint32Array(this.size);
    const byRole = ROLES.map(() => new Uint32Array(this.size));
    for (let entity = 0; entity < this.size; entity++) {
      const counts = [0, 0, 0];
      let last = -1;
      const end = required(ends[entity], "a row's end");
      for (let edge = required(starts[entity], "a row's start"); edge < end; edge++) {
        const target = required(targets[edge], "an edge's target");
        if (target === last || target === entity || !this.#sees(edge)) continue;
        last = target;
        const role = this.role(target);
        counts[role] = required(counts[role], "a role's count") + 1;
      }
      for (const [role, degrees] of byRole.entries())
        degrees[entity] = required(counts[role], "a role's count");
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
