/**
 * What the server has: models, and how much the graph holds; and whom it takes the caller for.
 */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type { Role } from "../../core/api/access.js";
import type { ModelInfo } from "../../core/prediction.js";
import type { CorpusRow, GraphCounts } from "../../graph/read/read-stats.js";
import type { Caller } from "../platform/caller.js";
import { RoleEnum } from "../platform/enums.js";
import { toGlobalId } from "../platform/global-id.js";
import { Node } from "../platform/node.type.js";

@ObjectType("Model", {
  implements: Node,
  simpleResolvers: true,
  description: "A relation classifier that the server has loaded.",
})
export class Model extends Node {
  @Field(() => String, { description: "Its name and version, as `Evidence.model` gives it." })
  readonly name: string;

  @Field(() => String, { description: "Which network it is: `document` or `pair`." })
  readonly network: string;

  @Field(() => String, { description: "The encoder that it was trained from." })
  readonly encoder: string;

  @Field(() => String, { description: "What runs it." })
  readonly engine: string;

  @Field(() => [String], { description: "The corpora that it was trained on." })
  readonly corpora: readonly string[];

  @Field(() => Float, { description: "How many parameters it has." })
  readonly parameters: number;

  @Field(() => Float, { nullable: true, description: "F1 on BioRED Dev, any relation type, 0 to 1." })
  readonly devPairF1: number | null;

  @Field(() => Float, { nullable: true, description: "F1 on BioRED Dev, the type must match, 0 to 1." })
  readonly devTypedF1: number | null;

  constructor(info: ModelInfo) {
    super(toGlobalId("Model", info.id));
    this.name = info.id;
    this.network = info.network;
    this.encoder = info.encoder;
    this.engine = info.engine;
    this.corpora = info.corpora;
    this.parameters = info.parameters;
    this.devPairF1 = info.dev?.pair ?? null;
    this.devTypedF1 = info.dev?.typed ?? null;
  }
}

@ObjectType("Corpus", {
  simpleResolvers: true,
  description: "An annotated corpus, as far as the graph has it.",
})
export class Corpus {
  @Field(() => String, { description: "Its name, as `Evidence.source` gives it." })
  readonly name: string;

  @Field(() => Int, { description: "Documents of it: papers, or parts of papers." })
  readonly documents: number;

  @Field(() => Int, { description: "Papers that they are of." })
  readonly publications: number;

  constructor({ name, documents, publications }: CorpusRow) {
    this.name = name;
    this.documents = documents;
    this.publications = publications;
  }
}

@ObjectType("Health", {
  simpleResolvers: true,
  description: "Whether the server can do its work; `/health` says the same over plain HTTP.",
})
export class Health {
  @Field(() => Boolean, { description: "Whether the graph database answers at once." })
  readonly databaseAnswers: boolean;

  @Field(() => Boolean, { description: "Whether a model is loaded here that reads texts." })
  readonly hasModel: boolean;

  constructor(databaseAnswers: boolean, hasModel: boolean) {
    this.databaseAnswers = databaseAnswers;
    this.hasModel = hasModel;
  }
}

@ObjectType("GraphStats", { simpleResolvers: true, description: "How much the graph holds." })
export class GraphStats {
  @Field(() => String, { description: "Changes with every write that changes something." })
  readonly version: string;

  @Field(() => Int, { description: "Publications." })
  readonly publications: number;

  @Field(() => Int, { description: "Entities of all types." })
  readonly entities: number;

  @Field(() => Int, { description: "Relations." })
  readonly relations: number;

  @Field(() => Int, { description: "Rows of evidence." })
  readonly evidence: number;

  @Field(() => Int, { description: "Genes." })
  readonly genes: number;

  @Field(() => Int, { description: "Diseases." })
  readonly diseases: number;

  @Field(() => Int, { description: "Chemicals." })
  readonly chemicals: number;

  @Field(() => Int, { description: "Sequence variants." })
  readonly variants: number;

  constructor(counts: GraphCounts, version: string) {
    this.version = version;
    this.publications = counts.publications;
    this.entities = counts.entities;
    this.relations = counts.relations;
    this.evidence = counts.evidence;
    this.genes = counts.genes;
    this.diseases = counts.diseases;
    this.chemicals = counts.chemicals;
    this.variants = counts.variants;
  }
}

@ObjectType("Viewer", { simpleResolvers: true, description: "Who asks, as the server takes it." })
export class Viewer {
  @Field(() => RoleEnum, { description: "What the caller may do." })
  readonly role: Role;

  @Field(() => String, {
    nullable: true,
    description:
      "The key's name or the token's subject, which judgements are kept under; null without either.",
  })
  readonly name: string | null;

  constructor({ role, name, isAnonymous }: Caller) {
    this.role = role;
    this.name = isAnonymous ? null : name;
  }
}
