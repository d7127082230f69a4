/**
 * Paths between two entities, as the API shows them.
 */
import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import type { SourceKind } from "../../core/evidence.js";
import type { EntityType, RelationType } from "../../core/relation-types.js";
import type { PathHop, RankedPath, RankedPaths } from "../../discovery/paths/ranked-paths.js";
import { Completeness } from "../platform/completeness.type.js";
import { type Rows, rowsType } from "../platform/connection.js";
import { EntityTypeEnum, RelationTypeEnum, SourceKindEnum } from "../platform/enums.js";

@InputType("PathFilter", { description: "Which relations a path may use; what is absent asks nothing." })
export class PathFilter {
  @Field(() => [RelationTypeEnum], { nullable: true, description: "Relations of these types." })
  readonly types?: readonly RelationType[] | null;

  @Field(() => [SourceKindEnum], {
    nullable: true,
    description: "Only what these kinds of source say, with the belief and the papers that they give.",
  })
  readonly sourceKinds?: readonly SourceKind[] | null;

  @Field(() => Float, { nullable: true, description: "Least belief of a relation, 0 to 1." })
  readonly minBelief?: number | null;

  @Field(() => Int, { nullable: true, description: "Papers that a relation needs." })
  readonly minPapers?: number | null;

  @Field(() => [EntityTypeEnum], {
    nullable: true,
    description: "Types of what lies between; any where absent.",
  })
  readonly via?: readonly EntityType[] | null;

  @Field(() => Int, { nullable: true, description: "Nothing between is related to more entities than this." })
  readonly maxLinkingDegree?: number | null;

  @Field(() => [String], {
    nullable: true,
    description: "CURIEs that do not lie between, in any known spelling.",
  })
  readonly excluded?: readonly string[] | null;
}

@ObjectType("PathHop", { simpleResolvers: true, description: "One step of a path." })
export class Hop {
  readonly fromCurie: string;
  readonly toCurie: string;
  readonly relationTypes: readonly RelationType[];
  readonly asOf: number | undefined;

  @Field(() => Float, { description: "Belief in the likeliest of the hop's relations, 0 to 1." })
  readonly belief: number;

  constructor(hop: PathHop, asOf: number | undefined) {
    this.fromCurie = hop.from;
    this.toCurie = hop.to;
    this.relationTypes = hop.types;
    this.asOf = asOf;
    this.belief = hop.belief;
  }
}

@ObjectType("Path", {
  simpleResolvers: true,
  description: "A way from one entity to another; no entity twice.",
})
export class Path {
  @Field(() => Float, {
    description: "Product of the hops' beliefs, damped by degree^-0.4 at each entity on the way, 0 to 1.",
  })
  readonly score: number;

  @Field(() => Int, { description: "How many hops it has." })
  readonly length: number;

  @Field(() => [Hop], { description: "Its hops, from the start to the end." })
  readonly hops: readonly Hop[];

  constructor(path: RankedPath, asOf: number | undefined) {
    this.score = path.score;
    this.length = path.hops.length;
    this.hops = path.hops.map((hop) => new Hop(hop, asOf));
  }
}

const PathRows = rowsType("Path", "paths", () => Path);

@ObjectType("PathSearch", {
  simpleResolvers: true,
  description:
    "A page of the paths between two entities, the best first; none where there is no way. How many there are is not known: what cannot be among those asked for is not looked at.",
})
export class PathSearch extends PathRows {
  @Field(() => [Path], {
    description: "The paths of this page.",
    deprecationReason: "It is `nodes`; it stays for those who script against it.",
  })
  readonly paths: readonly Path[];

  @Field(() => Completeness, { description: "Whether these are the best of all paths." })
  readonly completeness: Completeness;

  constructor(page: Rows<Path>, found: RankedPaths) {
    super(page);
    this.paths = page.nodes;
    this.completeness = new Completeness(found);
  }
}
