/**
 * Whether a searched answer is the whole one. Nothing is silently partial.
 */
import { Field, Int, ObjectType } from "type-graphql";

@ObjectType("Completeness", {
  simpleResolvers: true,
  description: "Whether an answer is exact, or how far the search went.",
})
export class Completeness {
  @Field(() => Boolean, { description: "Whether looking further would not have changed the answer." })
  readonly exact: boolean;

  @Field(() => Int, { description: "How many links were looked at." })
  readonly examined: number;

  @Field(() => String, { nullable: true, description: "Why the search stopped early; null where exact." })
  readonly reason: string | null;

  constructor(search: { readonly examined: number; readonly truncated?: string }) {
    this.exact = search.truncated === undefined;
    this.examined = search.examined;
    this.reason = search.truncated ?? null;
  }
}
