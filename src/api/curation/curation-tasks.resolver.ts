/**
 * What to judge next: rows that only programs say, those first whose verdict is expected to change belief most.
 */
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { readCurationTasks } from "../../graph/read/read-curation-tasks.js";
import { canonicalId } from "../graph/asked-values.js";
import { Evidence } from "../graph/evidence.type.js";
import { PageArguments, pageRequest, pageSize, placeAfter, toRows } from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { CurationTask, CurationTaskConnection } from "./curation.type.js";

/** Rows of the queue that can be paged through; who has judged so many asks anew. */
const MOST_TASKS = 1_000;

/** The queue. */
@Resolver(() => CurationTask)
export class CurationTasksResolver {
  @Query(() => CurationTaskConnection, {
    description:
      "What programs extracted, no corpus says of the same paper and no curator has judged, by how much a verdict is expected to change belief. Judging takes rows out and moves the others: `pageInfo.moved` says so.",
  })
  async curationTasks(
    @Arg("entity", () => String, {
      nullable: true,
      description: "Only relations of the entity with this CURIE.",
    })
    entity: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: ApiContext,
  ): Promise<CurationTaskConnection> {
    const curie = entity == null ? null : canonicalId(entity);
    const version = await context.loaders.graphVersion();
    const request = pageRequest(page, 1, { name: "Query.curationTasks", of: curie, version });
    const skip = placeAfter(request, MOST_TASKS);
    const found = await tasksOf(context, curie, skip, request.limit);
    const rows = toRows(found.tasks, request, {
      node: (task) => task,
      cursor: ({ place }) => [place],
    });
    return new CurationTaskConnection(rows, found);
  }

  @Query(() => [CurationTask], {
    description: "The first rows of `curationTasks`.",
    deprecationReason: "Ask `curationTasks`, which has pages; it stays for those who script against it.",
  })
  async curationQueue(
    @Arg("entity", () => String, {
      nullable: true,
      description: "Only relations of the entity with this CURIE.",
    })
    entity: string | null | undefined,
    @Arg("first", () => Int, {
      nullable: true,
      defaultValue: 25,
      description: "How many, at most 100; 25 unless told.",
    })
    first: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<CurationTask[]> {
    const curie = entity == null ? null : canonicalId(entity);
    return (await tasksOf(context, curie, 0, pageSize(first))).tasks;
  }

  @FieldResolver(() => Evidence, { description: "The row to judge." })
  evidence(@Root() { row }: CurationTask): Evidence {
    return row;
  }
}

/** So many tasks after those that are skipped, with their rows; one that is gone since has none. */
async function tasksOf({ database, loaders }: ApiContext, curie: string | null, skip: number, count: number) {
  const found = await readCurationTasks(database, curie, skip + count);
  const asked = found.tasks.slice(skip);
  const rows = await Promise.all(asked.map(({ id }) => loaders.evidence.load(id)));
  const tasks = asked.flatMap(({ change }, index) => {
    const row = rows[index];
    return row === undefined ? [] : [new CurationTask(new Evidence(row), change, skip + index + 1)];
  });
  return { ...found, tasks };
}
