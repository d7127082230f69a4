/**
 * What is taken for what: for each gold type how often which type was answered, a pair that is missed or made up as
 * None. Counted over the relations that a scorer looks at.
 */
import { pairKey } from "../core/candidate.js";
import type { PairType } from "../core/relation-types.js";
import { countedRelation, pairTypes, type RelationAnswer, type ScoringRule } from "./relation-scores.js";

/** Counts by gold type, then by answered type; cells that never occur are absent. */
type Confusion = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The confusion of all pairs, and of each pair type's. */
export interface Confusions {
  readonly all: Confusion;
  readonly byPairType: Readonly<Partial<Record<PairType, Confusion>>>;
}

/** Counts it. A pair with several gold types counts as that which was answered, if it is among them, else as the first. */
export function confusions(answers: readonly RelationAnswer[], rule: ScoringRule): Confusions {
  const all = new Map<string, Map<string, number>>();
  const byPairType = new Map<PairType, Map<string, Map<string, number>>>();
  for (const { document, relations } of answers) {
    const counted = countedRelation(document, rule);
    const typeOfPair = pairTypes(document, rule.variants);
    const gold = typesByPair(document.relations.filter(counted));
    const answered = typesByPair(relations.filter(counted));
    for (const pair of new Set([...gold.keys(), ...answered.keys()])) {
      const [wanted, found] = [gold.get(pair), answered.get(pair)];
      const type = found?.types[0] ?? "None";
      const right = wanted?.types.includes(type) === true ? type : (wanted?.types[0] ?? "None");
      const of = typeOfPair((wanted ?? found)?.relation ?? NOWHERE);
      count(all, right, type);
      if (of === undefined) continue;
      const own = byPairType.get(of) ?? new Map();
      count(own, right, type);
      byPairType.set(of, own);
    }
  }
  return {
    all: toRecord(all),
    byPairType: Object.fromEntries([...byPairType].sort().map(([name, own]) => [name, toRecord(own)])),
  };
}

type Relation = RelationAnswer["relations"][number];
const NOWHERE: Relation = { subject: "", object: "", type: "None" };

function typesByPair(relations: readonly Relation[]) {
  const found = new Map<string, { readonly relation: Relation; readonly types: string[] }>();
  for (const relation of relations) {
    const key = pairKey(relation.subject, relation.object);
    const known = found.get(key);
    if (known === undefined) found.set(key, { relation, types: [relation.type] });
    else known.types.push(relation.type);
  }
  return found;
}

function count(table: Map<string, Map<string, number>>, gold: string, answered: string): void {
  const row = table.get(gold) ?? new Map<string, number>();
  row.set(answered, (row.get(answered) ?? 0) + 1);
  table.set(gold, row);
}

function toRecord(table: ReadonlyMap<string, ReadonlyMap<string, number>>): Confusion {
  const rows = [...table].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(rows.map(([name, row]) => [name, Object.fromEntries([...row].sort())]));
}
