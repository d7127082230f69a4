/**
 * The linking terms of whatever has some: a candidate of open discovery, a pair of closed discovery. They came with the
 * search, so a page is cut from them.
 */
import { Arg, Args, type ClassType, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { type Connection, PageArguments, pageSize, toConnectionOfAll } from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { Linking, LinkingConnection } from "./discovery.type.js";

/** What has linking terms. */
interface Linked {
  readonly terms: readonly Linking[];
  /** The question: what makes its list of terms another than that of another question. */
  readonly asked: unknown;
}

/** Declares a resolver of the terms of a type; `order` says in which order they are. */
export function linkingFields<T extends Linked>(linked: ClassType<T>, order: string) {
  @Resolver(() => linked)
  class LinkingFieldsResolver {
    @FieldResolver(() => [Linking], {
      description: `The linking terms, ${order}.`,
      deprecationReason: "Ask `linkingTerms`, which has pages; it stays for those who script against it.",
    })
    linking(
      @Root() { terms }: Linked,
      @Arg("first", () => Int, {
        nullable: true,
        defaultValue: 25,
        description: "How many, at most 100; 25 unless told.",
      })
      first: number | null | undefined,
    ): readonly Linking[] {
      return terms.slice(0, pageSize(first));
    }

    @FieldResolver(() => LinkingConnection, { description: `The linking terms, ${order}.` })
    async linkingTerms(
      @Root() { terms, asked }: Linked,
      @Args(() => PageArguments) page: PageArguments,
      @Ctx() { loaders }: ApiContext,
    ): Promise<Connection<Linking>> {
      const list = { name: `${linked.name}.linkingTerms`, of: asked, version: await loaders.graphVersion() };
      return toConnectionOfAll(terms, page, list);
    }
  }
  return LinkingFieldsResolver;
}
