/**
 * What a judgement is given with, whatever is judged, and the judgement that is made of it.
 */
import { ArgsType, Field } from "type-graphql";
import type { CurationCorrection, CurationVerdict } from "../../core/curation/curation.js";
import type { ApiContext } from "../platform/context.js";
import { CorrectionInput, VerdictEnum } from "./curation.type.js";
import { checkedComment, checkedCorrection, curatorOf } from "./judging.js";

/** What every judgement takes. */
@ArgsType()
export class JudgementArguments {
  @Field(() => VerdictEnum, { description: "What the curator says." })
  readonly verdict: CurationVerdict = "accept";

  @Field(() => String, { description: "Who says so; the name of the key or token where one is sent." })
  readonly curator: string = "";

  @Field(() => CorrectionInput, {
    nullable: true,
    description: "What the paper says instead; with CORRECT.",
  })
  readonly correction?: CorrectionInput | null;

  @Field(() => String, { nullable: true, description: "Why, in at most 2,000 characters." })
  readonly comment?: string | null;
}

/** A judgement as the graph keeps it. */
interface Judgement {
  readonly verdict: CurationVerdict;
  readonly curator: string;
  readonly comment: string | null;
  readonly correction: CurationCorrection | null;
}

/** The judgement of a relation between these ends. Throws FORBIDDEN for another's name, BAD_INPUT for what cannot be kept. */
export async function judgementOf(
  context: ApiContext,
  { verdict, curator, correction, comment }: JudgementArguments,
  ends: readonly [string, string],
): Promise<Judgement> {
  const name = curatorOf(context, curator);
  const why = checkedComment(comment);
  const corrected = await checkedCorrection(context, verdict, correction, ends);
  return { verdict, curator: name, comment: why, correction: corrected };
}
