import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import type { EvidenceDirection, EvidenceNovelty } from "../../core/evidence.js";
import type { EntityType, RelationType } from "../../core/relation-types.js";
import { Novelty } from "../graph/evidence.type.js";
import { EntityTypeEnum, RelationTypeEnum } from "../platform/enums.js";

@InputType("TextMentionInput", {
  description: "Where a text names an entity. Offsets count UTF-16 units into title, one space, abstract.",
})
export class TextMentionInput {
  @Field(() => Int, { description: "Where the mention begins." })
  readonly start: number = 0;

  @Field(() => Int, { description: "Where it ends, exclusive." })
  readonly end: number = 0;

  @Field(() => [String], { description: "CURIEs of the entities that it names, in any known spelling." })
  readonly ids: readonly string[] = [];

  @Field(() => EntityTypeEnum, { description: "What kind of thing it names." })
  readonly type: EntityType = "Gene";
}

@ObjectType("TextMention", { simpleResolvers: true, description: "Where the text names an entity." })
export class TextMention {
  @Field(() => Int, { description: "Where it begins, in UTF-16 units into title, one space, abstract." })
  readonly start: number;

  @Field(() => Int, { description: "Where it ends, exclusive." })
  readonly end: number;

  @Field(() => String, { description: "How the text spells it." })
  readonly text: string;

  @Field(() => [String], { description: "CURIEs of the entities that it names." })
  readonly ids: readonly string[];

  @Field(() => EntityTypeEnum, { description: "What kind of thing it names." })
  readonly type: EntityType;

  @Field(() => [String], {
    description:
      "CURIEs of what the same words may mean as well, the likeliest first; empty where only one is known.",
  })
  readonly otherIds: readonly string[];

  @Field(() => Float, {
    nullable: true,
    description: "How likely the words mean something else, 0 to 1; null for mentions that were given.",
  })
  readonly risk: number | null;

  constructor(
    mention: {
      start: number;
      end: number;
      text: string;
      ids: readonly string[];
      type: EntityType;
    },
    ambiguity: { readonly otherIds: readonly string[]; readonly risk: number } | undefined,
  ) {
    this.start = mention.start;
    this.end = mention.end;
    this.text = mention.text;
    this.ids = mention.ids;
    this.type = mention.type;
    this.otherIds = ambiguity?.otherIds ?? [];
    this.risk = ambiguity?.risk ?? null;
  }
}

@ObjectType("TextEntity", { simpleResolvers: true, description: "An entity as a text names it." })
export class TextEntity {
  @Field(() => String, { description: "Its CURIE." })
  readonly curie: string;

  @Field(() => EntityTypeEnum, { description: "What kind of thing it is." })
  readonly type: EntityType;

  @Field(() => String, { description: "How the text names it most often." })
  readonly name: string;

  constructor(entity: { curie: string; type: EntityType; names: readonly string[] }) {
    this.curie = entity.curie;
    this.type = entity.type;
    this.name = entity.names[0] ?? entity.curie;
  }
}

@ObjectType("TextDirection", {
  simpleResolvers: true,
  description: "Which end of a relation acts on the other, as the model reads a text.",
})
class TextDirection {
  @Field(() => String, { nullable: true, description: "CURIE of the end that acts; null for neither." })
  readonly subject: string | null;

  @Field(() => Float, { description: "Calibrated probability that this is right." })
  readonly probability: number;

  constructor({ subject, probability }: EvidenceDirection) {
    this.subject = subject;
    this.probability = probability;
  }
}

@ObjectType("TextRelation", {
  simpleResolvers: true,
  description: "A relation found in a text; not written.",
})
export class TextRelation {
  /** Identifies the row of evidence that it would be. */
  readonly rowId: string;

  @Field(() => TextEntity, { description: "One end." })
  readonly subject: TextEntity;

  @Field(() => TextEntity, { description: "The other end." })
  readonly object: TextEntity;

  @Field(() => RelationTypeEnum, { description: "What kind of relation it is." })
  readonly type: RelationType;

  @Field(() => Float, { description: "Calibrated probability, 0 to 1." })
  readonly probability: number;

  @Field(() => String, { description: "The sentence that shows it; empty where no passage names both ends." })
  readonly sentence: string;

  @Field(() => Int, {
    description: "Where the sentence begins, in UTF-16 units into title, one space, abstract.",
  })
  readonly start: number;

  @Field(() => Int, { description: "Where the sentence ends, exclusive." })
  readonly end: number;

  @Field(() => TextDirection, { nullable: true, description: "Null where the model does not tell." })
  readonly direction: TextDirection | null;

  @Field(() => Novelty, { nullable: true, description: "Null where the model does not tell." })
  readonly novelty: Novelty | null;

  constructor(row: {
    id: string;
    subject: TextEntity;
    object: TextEntity;
    type: RelationType;
    probability: number;
    sentence: string;
    start: number;
    end: number;
    direction?: EvidenceDirection;
    novelty?: EvidenceNovelty;
  }) {
    this.rowId = row.id;
    this.direction = row.direction === undefined ? null : new TextDirection(row.direction);
    this.novelty = row.novelty === undefined ? null : new Novelty(row.novelty.novel, row.novelty.probability);
    this.subject = row.subject;
    this.object = row.object;
    this.type = row.type;
    this.probability = row.probability;
    this.sentence = row.sentence;
    this.start = row.start;
    this.end = row.end;
  }
}

@ObjectType("TextExtraction", { simpleResolvers: true, description: "What a text was found to say." })
export class TextExtraction {
  @Field(() => String, { description: "Id of the model that classified." })
  readonly model: string;

  @Field(() => String, { description: "The text that was read, which the offsets point into." })
  readonly text: string;

  @Field(() => [TextMention], { description: "The mentions that were used: those given, or those found." })
  readonly mentions: readonly TextMention[];

  @Field(() => Int, { description: "How many pairs of entities were classified." })
  readonly pairs: number;

  @Field(() => Int, {
    description: "How many pairs were not classified, as the text names more entities than are read at once.",
  })
  readonly pairsLeftOut: number;

  @Field(() => [TextRelation], { description: "The relations, the most probable first." })
  readonly relations: readonly TextRelation[];

  constructor(extraction: {
    model: string;
    text: string;
    mentions: readonly TextMention[];
    pairs: number;
    pairsLeftOut: number;
    relations: readonly TextRelation[];
  }) {
    this.model = extraction.model;
    this.text = extraction.text;
    this.mentions = extraction.mentions;
    this.pairs = extraction.pairs;
    this.pairsLeftOut = extraction.pairsLeftOut;
    this.relations = extraction.relations;
  }
}
