/**
 * The text of a paper in passages, with where it mentions entities, so that it can be shown whole and highlighted.
 */
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { inTextOrder, type PassageKind } from "../../core/document.js";
import type { EntityType } from "../../core/relation-types.js";
import type { TextRow } from "../../graph/read/read-texts.js";
import { EntityTypeEnum } from "../platform/enums.js";

/** What part of a paper a passage is. */
export const PassageKindEnum = {
  ...{ TITLE: "title", ABSTRACT: "abstract", BODY: "body" },
  ...{ CAPTION: "caption", TABLE: "table" },
} as const satisfies Readonly<Record<Uppercase<PassageKind>, PassageKind>>;
registerEnumType(PassageKindEnum, {
  name: "PassageKind",
  description: "What part of a publication a passage is.",
  valuesConfig: {
    TITLE: { description: "Its title." },
    ABSTRACT: { description: "Its abstract." },
    BODY: { description: "A part of its full text." },
    CAPTION: { description: "What is said of a figure or a table: title, caption, footnotes." },
    TABLE: { description: "A table's cells, a row a line." },
  },
});

@ObjectType("PassageMention", {
  simpleResolvers: true,
  description: "Where a passage names an entity. Offsets count UTF-16 units, ends exclusive.",
})
export class PassageMention {
  readonly curies: readonly string[];

  @Field(() => EntityTypeEnum, { description: "What the paper's annotators take it for." })
  readonly type: EntityType;

  @Field(() => String, { description: "The words." })
  readonly text: string;

  @Field(() => Int, { description: "Where it begins in the document." })
  readonly start: number;

  @Field(() => Int, { description: "Where it ends in the document." })
  readonly end: number;

  @Field(() => Int, { description: "Where it begins in `Passage.text`, for highlighting." })
  readonly passageStart: number;

  @Field(() => Int, { description: "Where it ends in `Passage.text`." })
  readonly passageEnd: number;

  constructor({ type, ids, start, end }: TextRow["mentions"][number], passage: TextRow["passages"][number]) {
    this.curies = ids;
    this.type = type;
    this.start = start;
    this.end = end;
    this.passageStart = start - passage.offset;
    this.passageEnd = end - passage.offset;
    this.text = passage.text.slice(this.passageStart, this.passageEnd);
  }
}

@ObjectType("Passage", { simpleResolvers: true, description: "A stretch of a paper's text." })
export class Passage {
  @Field(() => String, { description: "The document that it is of: the paper, or a part of it." })
  readonly document: string;

  @Field(() => PassageKindEnum, { description: "What part of the paper it is." })
  readonly kind: PassageKind;

  @Field(() => Int, { description: "Where it begins in the document, in UTF-16 units." })
  readonly offset: number;

  @Field(() => String, { description: "The text." })
  readonly text: string;

  @Field(() => [PassageMention], { description: "The entities that it names, in the order of the text." })
  readonly mentions: readonly PassageMention[];

  constructor(document: string, passage: TextRow["passages"][number], mentions: TextRow["mentions"]) {
    const end = passage.offset + passage.text.length;
    this.document = document;
    this.kind = passage.kind;
    this.offset = passage.offset;
    this.text = passage.text;
    this.mentions = mentions
      .filter((mention) => mention.start >= passage.offset && mention.end <= end)
      .sort(inTextOrder)
      .map((mention) => new PassageMention(mention, passage));
  }
}
