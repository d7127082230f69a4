/**
 * How many relations of which kind: for facets, and for a picture over the years.
 */
import { Field, Int, ObjectType } from "type-graphql";
import type { EntityType, RelationType } from "../../core/relation-types.js";
import type { RelationCount } from "../../graph/read/read-relations.js";
import { EntityTypeEnum, RelationTypeEnum } from "../platform/enums.js";

@ObjectType("RelationTypeCount", { simpleResolvers: true, description: "How many relations are of a type." })
class RelationTypeCount {
  @Field(() => RelationTypeEnum, { description: "The type." })
  readonly type: RelationType;

  @Field(() => Int, { description: "How many." })
  readonly count: number;

  constructor(type: RelationType, count: number) {
    this.type = type;
    this.count = count;
  }
}

@ObjectType("EntityTypeCount", {
  simpleResolvers: true,
  description: "How many relations have another end of a type.",
})
class EntityTypeCount {
  @Field(() => EntityTypeEnum, { description: "The other end's type." })
  readonly type: EntityType;

  @Field(() => Int, { description: "How many." })
  readonly count: number;

  constructor(type: EntityType, count: number) {
    this.type = type;
    this.count = count;
  }
}

@ObjectType("YearCount", { simpleResolvers: true, description: "How many relations began in a year." })
class YearCount {
  @Field(() => Int, { description: "The year of their first paper." })
  readonly year: number;

  @Field(() => Int, { description: "How many." })
  readonly count: number;

  constructor(year: number, count: number) {
    this.year = year;
    this.count = count;
  }
}

@ObjectType("RelationCounts", {
  simpleResolvers: true,
  description: "How many relations of which kind pass a filter.",
})
export class RelationCounts {
  @Field(() => Int, { description: "All of them." })
  readonly total: number;

  @Field(() => [RelationTypeCount], { description: "By relation type, the most first." })
  readonly byType: readonly RelationTypeCount[];

  @Field(() => [EntityTypeCount], { description: "By the other end's type, the most first." })
  readonly byEntityType: readonly EntityTypeCount[];

  @Field(() => [YearCount], {
    description: "By the year of the first paper, in order; undated ones are left out.",
  })
  readonly byYear: readonly YearCount[];

  constructor(rows: readonly RelationCount[]) {
    this.total = rows.reduce((sum, { count }) => sum + count, 0);
    this.byType = most(sums(rows, ({ type }) => type)).map(
      ([type, count]) => new RelationTypeCount(type, count),
    );
    this.byEntityType = most(sums(rows, ({ entityType }) => entityType)).map(
      ([type, count]) => new EntityTypeCount(type, count),
    );
    this.byYear = [...sums(rows, ({ firstYear }) => firstYear)]
      .flatMap(([year, count]) => (year === null ? [] : [new YearCount(year, count)]))
      .sort((a, b) => a.year - b.year);
  }
}

function sums<Key>(rows: readonly RelationCount[], key: (row: RelationCount) => Key): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + row.count);
  return counts;
}

function most<Key extends string>(counts: ReadonlyMap<Key, number>): [Key, number][] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
