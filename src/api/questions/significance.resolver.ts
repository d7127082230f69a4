/**
 * P-values of an explanation's metapaths: compared with permuted graphs once, when the first field asks for them. The first
 * question of a version of the graph finds none: they are made behind it.
 */
import { Ctx, FieldResolver, Float, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../platform/context.js";
import { Explanation, Metapath, Significance } from "./explanation.type.js";

const KNOWN = new WeakMap<Explanation, Promise<Significance>>();

/** Compares an explanation's pair once. */
function significanceOf(context: ApiContext, explanation: Explanation): Promise<Significance> {
  const known = KNOWN.get(explanation);
  if (known !== undefined) return known;
  const { from, to, options } = explanation.pair;
  const isFiltered = Object.values(options).some((value) => value !== undefined);
  const found = isFiltered
    ? Promise.resolve({ state: "WholeGraphOnly" } as const)
    : context.discovery.significance({ from: from.curie, to: to.curie });
  const significance = found.then((pair) => new Significance(pair));
  KNOWN.set(explanation, significance);
  return significance;
}

/** Whether there are p-values. */
@Resolver(() => Explanation)
export class SignificanceResolver {
  @FieldResolver(() => Significance, {
    description:
      "Whether its metapaths have p-values; the graphs to compare with are made when they are first asked for.",
  })
  significance(@Root() explanation: Explanation, @Ctx() context: ApiContext): Promise<Significance> {
    return significanceOf(context, explanation);
  }
}

/** The p-value of a metapath. */
@Resolver(() => Metapath)
export class MetapathResolver {
  @FieldResolver(() => Float, {
    nullable: true,
    description:
      "Share of degree-matched pairs in graphs with permuted links whose count is at least this one, 0 to 1: small where degrees do not explain it. Null as long as `Explanation.significance` is not READY.",
  })
  async pValue(@Root() { name, explanation }: Metapath, @Ctx() context: ApiContext): Promise<number | null> {
    return (await significanceOf(context, explanation)).values.get(name) ?? null;
  }
}
