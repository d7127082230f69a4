/**
 * Verdicts on what the model reads in a text, or in a paper that was not extracted: what is accepted or corrected is written,
 * that one relation with its sentence, and judged at once. The rest stays unwritten.
 */
import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Document } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import { type Evidence as EvidenceFacts, relationId } from "../../core/evidence.js";
import { RELATION_TYPES } from "../../core/relation-types.js";
import { readClaim } from "../../graph/read/read-curations.js";
import { writeCuration } from "../../graph/write/write-curations.js";
import { writeDocuments } from "../../graph/write/write-documents.js";
import { CurationEntry } from "../curation/curation.type.js";
import { JudgementArguments, judgementOf } from "../curation/judgement-arguments.js";
import { curationOf } from "../curation/judging.js";
import { canonicalId } from "../graph/asked-values.js";
import { Evidence } from "../graph/evidence.type.js";
import { findRelations } from "../graph/lookup.js";
import { Relation } from "../graph/relation.type.js";
import type { ApiContext } from "../platform/context.js";
import { ReadingInput, ReadRelationInput } from "./reading.type.js";
import { type ReadText, readPublication, readText } from "./reading-text.js";
import { TextRelation } from "./text-extraction.type.js";

/** Judging what was read, and what the graph knows of it. */
@Resolver(() => TextRelation)
export class ReadingResolver {
  @Mutation(() => CurationEntry, {
    description:
      "Accepts or corrects a relation that the model reads in a text or a paper, which is read again for it: that one relation is written with its sentence, and judged. A text becomes a publication of its own, named after its words; a paper keeps its PMID, and extracting it later adds the rest. `undoCuration` takes the judgement back; the row stays, as extracted.",
  })
  async curateReading(
    @Arg("source", () => ReadingInput, { description: "What is read." }) source: ReadingInput,
    @Arg("relation", () => ReadRelationInput, { description: "Which of the relations that it says." })
    relation: ReadRelationInput,
    @Args(() => JudgementArguments) judgement: JudgementArguments,
    @Ctx() context: ApiContext,
  ): Promise<CurationEntry> {
    if (judgement.verdict === "reject") {
      throw new BioWeftError(
        "BAD_INPUT",
        "nothing is written of what is rejected; where the graph has it already, judge its evidence with curate",
      );
    }
    const ends = [canonicalId(relation.subject), canonicalId(relation.object)] as const;
    const judged = await judgementOf(context, judgement, ends);
    const read = await readSource(context, source);
    const row = await writeRow(context, read, relationId(...ends, relation.type));
    const claim = await readClaim(context.database, row.id);
    if (claim === undefined) throw new BioWeftError("INTERNAL", `evidence ${row.id} was written and is gone`);
    return curationOf(context, await writeCuration(context.database, claim, judged));
  }

  @FieldResolver(() => [Relation], {
    description: "What the graph knows between the same two, of whatever type; empty where it knows nothing.",
  })
  known(@Root() { subject, object }: TextRelation, @Ctx() context: ApiContext): Promise<Relation[]> {
    return findRelations(
      context,
      RELATION_TYPES.map((type) => relationId(subject.curie, object.curie, type)),
    );
  }

  @FieldResolver(() => Evidence, {
    nullable: true,
    description:
      "The same as the graph has it, from this text or paper and this model; null where it has not.",
  })
  async evidence(@Root() { rowId }: TextRelation, @Ctx() { loaders }: ApiContext): Promise<Evidence | null> {
    const row = await loaders.evidence.load(rowId);
    return row === undefined ? null : new Evidence(row);
  }
}

async function readSource(context: ApiContext, { pmid, title, abstract }: ReadingInput): Promise<ReadText> {
  if ((pmid == null) === (abstract == null)) {
    throw new BioWeftError("BAD_INPUT", "give either the `pmid` of a paper or the `abstract` of a text");
  }
  if (pmid == null) {
    return readText(context, { title: title ?? "", abstract: abstract ?? "", mentions: null });
  }
  const outcome = await readPublication(context, pmid);
  if (outcome.kind === "read") return outcome.read;
  throw new BioWeftError("NOT_FOUND", "the publication is not known, or has no abstract", {
    place: { pmid },
  });
}

/** Writes the one row, beside those of the same reading that the graph has. Throws NOT_FOUND where it is not read. */
async function writeRow(
  { database, loaders }: ApiContext,
  { document, rows }: ReadText,
  wanted: string,
): Promise<EvidenceFacts> {
  const row = rows.find(
    ({ subject, object, type }) => relationId(subject.curie, object.curie, type) === wanted,
  );
  if (row === undefined) {
    throw new BioWeftError("NOT_FOUND", `the model does not read ${wanted.replaceAll("|", " ")} in it`);
  }
  const stored = await Promise.all(rows.map(({ id }) => loaders.evidence.load(id)));
  if (stored[rows.indexOf(row)] !== undefined) return row;
  const kept = rows.filter((one, index) => one === row || stored[index] !== undefined);
  await writeDocuments(database, [{ document: withMentionsOf(document, kept), evidence: kept }]);
  // It remembers that they were not there.
  loaders.evidence.clearAll();
  return row;
}

/** A text's names are the recogniser's guesses: only those that a curator's rows need are written. A paper's come with it. */
function withMentionsOf(document: Document, rows: readonly EvidenceFacts[]): Document {
  if (!document.pmid.startsWith("text-")) return document;
  const ends = new Set(rows.flatMap(({ subject, object }) => [subject.curie, object.curie]));
  return { ...document, mentions: document.mentions.filter(({ ids }) => ids.some((id) => ends.has(id))) };
}
