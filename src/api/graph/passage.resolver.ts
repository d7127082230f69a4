/**
 * The text of publications. Where several corpora annotated a paper, each has its text: the fullest is shown.
 */
import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { PassageKind } from "../../core/document.js";
import type { TextRow } from "../../graph/read/read-texts.js";
import type { ApiContext } from "../platform/context.js";
import { Entity } from "./entity.type.js";
import { Evidence } from "./evidence.type.js";
import { findEntity } from "./lookup.js";
import { Passage, PassageKindEnum, PassageMention } from "./passage.type.js";
import { Publication } from "./publication.type.js";

/** A paper's text. */
@Resolver(() => Publication)
export class PassagesResolver {
  @FieldResolver(() => [Passage], {
    description:
      "Its text with the entities that it names; none for papers that were written before texts were kept. Of several annotations, that of the longest text.",
  })
  async passages(
    @Root() { pmid }: Publication,
    @Arg("document", () => String, {
      nullable: true,
      description: "Only this document of it, as `Evidence.document` names it.",
    })
    document: string | null | undefined,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Passage[]> {
    const texts = await loaders.textsOfPublication.load(pmid);
    const asked = texts.filter((text) => document == null || text.document === document);
    return fullest(asked).flatMap((text) =>
      text.passages.map((passage) => new Passage(text.document, passage, text.mentions)),
    );
  }
}

/** Of each document the longest text, of equals the one with the most mentions; parts in the order of their names. */
function fullest(texts: readonly TextRow[]): TextRow[] {
  const best = new Map<string, TextRow>();
  const length = ({ passages }: TextRow) => passages.reduce((sum, { text }) => sum + text.length, 0);
  for (const text of texts) {
    const other = best.get(text.document);
    const gain = other === undefined ? 1 : length(text) - length(other);
    if (gain > 0 || (gain === 0 && text.mentions.length > (other?.mentions.length ?? 0)))
      best.set(text.document, text);
  }
  return [...best.values()];
}

/** Where in the paper a row of evidence stands. */
@Resolver(() => Evidence)
export class EvidencePassageResolver {
  @FieldResolver(() => PassageKindEnum, {
    nullable: true,
    description:
      "What part of the paper its sentence stands in; null where no sentence names both, and for papers that were written before texts were kept.",
  })
  async passage(
    @Root() { pmid, document, sentence, start, end }: Evidence,
    @Ctx() { loaders }: ApiContext,
  ): Promise<PassageKind | null> {
    if (sentence === "") return null;
    const texts = await loaders.textsOfPublication.load(pmid);
    // Of a document that several corpora annotated, the text that the row was read from says the sentence there.
    const passage = texts
      .filter((text) => text.document === document)
      .flatMap(({ passages }) => passages)
      .find(({ offset, text }) => text.slice(start - offset, end - offset) === sentence && start >= offset);
    return passage?.kind ?? null;
  }
}

/** The entities that a mention names. */
@Resolver(() => PassageMention)
export class PassageMentionResolver {
  @FieldResolver(() => Entity, {
    nullable: true,
    description: "What it names; null where its annotators could not say.",
  })
  async entity(
    @Root() { curies: [curie] }: PassageMention,
    @Ctx() context: ApiContext,
  ): Promise<Entity | null> {
    return curie === undefined ? null : findEntity(context, curie);
  }

  @FieldResolver(() => [Entity], { description: "All that it names: several for a composite mention." })
  async entities(@Root() { curies }: PassageMention, @Ctx() context: ApiContext): Promise<Entity[]> {
    const found = await Promise.all(curies.map((curie) => findEntity(context, curie)));
    return found.flatMap((entity) => entity ?? []);
  }
}
