/**
 * Live extraction: publications as jobs that can be followed and cancelled, free text at once and unwritten.
 */
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import { documentTitle } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import type { ExtractionJob as Job } from "../../core/extraction-job.js";
import { required } from "../../core/required.js";
import { findPublication } from "../graph/publication.resolver.js";
import { Publication } from "../graph/publication.type.js";
import type { ApiContext } from "../platform/context.js";
import { keyOf } from "../platform/global-id.js";
import { ExtractionJob, ExtractPublicationResult, toExtractPublicationResult } from "./extraction.type.js";
import { PublicationReading } from "./reading.type.js";
import { readPublication, readText } from "./reading-text.js";
import { TextExtraction, TextMentionInput } from "./text-extraction.type.js";

/** Live extraction: submitting a paper, following and cancelling it, and reading free text without storing it. */
@Resolver(() => ExtractionJob)
export class ExtractionResolver {
  @Query(() => ExtractionJob, { nullable: true, description: "One extraction; null for an unknown id." })
  async extractionJob(
    @Arg("id", () => ID, { description: "Its `id`." }) id: string,
    @Ctx() { jobs }: ApiContext,
  ): Promise<ExtractionJob | null> {
    return toJob(await jobs.job(keyOf("ExtractionJob", id)));
  }

  @Mutation(() => ExtractPublicationResult, {
    description:
      "Fetches a publication from PubTator3, classifies its pairs and writes the relations, as a job that exists from now on.",
  })
  async extractPublication(
    @Arg("pmid", () => String, { description: "PubMed identifier." }) pmid: string,
    @Arg("again", () => Boolean, {
      defaultValue: false,
      description: "Fetch it anew although it was extracted before; it is read where it has changed since.",
    })
    again: boolean,
    @Arg("dryRun", () => Boolean, {
      defaultValue: false,
      description: "Only say what it would add to the graph: nothing is written, and there is no job.",
    })
    isDryRun: boolean,
    @Ctx() context: ApiContext,
  ): Promise<typeof ExtractPublicationResult> {
    if (!isDryRun) return toExtractPublicationResult(await context.jobs.submit(pmid.trim(), { again }));
    const outcome = await readPublication(context, pmid);
    if (outcome.kind !== "read") return toExtractPublicationResult(outcome);
    const { document, answer } = outcome.read;
    return new PublicationReading(pmid.trim(), documentTitle(document), answer);
  }

  @Mutation(() => ExtractionJob, {
    nullable: true,
    description: "Stops an extraction; one that has ended stays as it is. Null for an unknown id.",
  })
  async cancelExtraction(
    @Arg("id", () => ID, { description: "Its `id`." }) id: string,
    @Ctx() { jobs }: ApiContext,
  ): Promise<ExtractionJob | null> {
    return toJob(await jobs.cancel(keyOf("ExtractionJob", id)));
  }

  @Mutation(() => TextExtraction, {
    description:
      "Classifies a text of at most 20,000 characters and gives its relations without writing them. Without mentions, looks for names of genes, diseases and chemicals, those that the graph knows and those that come with BioWeft, and of those that make more than 2,000 pairs takes the first.",
  })
  async extractText(
    @Arg("title", () => String, { defaultValue: "", description: "The title; may be empty." }) title: string,
    @Arg("abstract", () => String, { description: "The text." }) abstract: string,
    @Arg("mentions", () => [TextMentionInput], {
      nullable: true,
      description: "Where it names which entities: at most 1,000, which make at most 2,000 pairs.",
    })
    given: TextMentionInput[] | null | undefined,
    @Ctx() services: ApiContext,
  ): Promise<TextExtraction> {
    return (await readText(services, { title, abstract, mentions: given })).answer;
  }

  @Subscription(() => ExtractionJob, {
    description: "An extraction as it is now, then every change until it ends.",
    subscribe: ({ args, context }) => followJob(context, args),
  })
  extractionProgress(
    @Root() job: Job,
    @Arg("id", () => ID, { description: "Its `id`." }) _id: string,
  ): ExtractionJob {
    return new ExtractionJob(job);
  }

  @FieldResolver(() => Publication, {
    nullable: true,
    description: "The publication, once the graph has it.",
  })
  publication(@Root() job: ExtractionJob, @Ctx() context: ApiContext): Promise<Publication | null> {
    return findPublication(context, job.pmid);
  }
}

async function followJob({ jobs }: ApiContext, args: { id?: string }): Promise<AsyncIterable<Job>> {
  const progress = await jobs.progress(keyOf("ExtractionJob", required(args.id, "the id of a subscription")));
  if (progress !== undefined) return progress;
  throw new BioWeftError(
    "NOT_FOUND",
    "no extraction has this id; submit the publication with extractPublication",
  );
}

function toJob(job: Job | undefined): ExtractionJob | null {
  return job === undefined ? null : new ExtractionJob(job);
}
