/** The options that the questions of discovery share: the year, the filter of links, and how the answer is printed. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { readConfig } from "../../../core/config.js";
import { canonicalCurie } from "../../../core/curie.js";
import { BioWeftError } from "../../../core/errors.js";
import { SOURCE_KINDS, type SourceKind } from "../../../core/evidence.js";
import {
  ENTITY_TYPES,
  type EntityType,
  RELATION_TYPES,
  type RelationType,
} from "../../../core/relation-types.js";
import { required } from "../../../core/required.js";
import type { LinkFilter } from "../../../discovery/adjacency/graph-view.js";
import {
  type LearnedWeights,
  readLearnedModel,
  weightsFor,
} from "../../../discovery/rankers/learned-weights.js";
import {
  type GraphSourceOptions,
  pairEntityType,
  type SourcedGraph,
  withGraphSource,
} from "../../options/graph-source.js";
import { atLeastOne, share } from "../../options/number-options.js";

/** What every question may be asked with. */
interface QuestionOptions extends GraphSourceOptions {
  readonly asOf?: number;
  readonly relationTypes?: readonly RelationType[];
  readonly sources?: readonly SourceKind[];
  readonly minBelief?: number;
  readonly minPapers?: number;
  readonly json: boolean;
}

/** The weights of the learned ranker for two types: those of `--weights`, else of BIOWEFT_DISCOVERY_WEIGHTS. */
export async function askedWeights(
  file: string | undefined,
  { adjacency }: SourcedGraph,
  from: string,
  targetType: EntityType | undefined,
): Promise<LearnedWeights | undefined> {
  const chosen = file ?? readConfig().discoveryWeights;
  if (chosen === undefined) return undefined;
  const start = required(adjacency.indexOf(from), from);
  return weightsFor(await readLearnedModel(chosen), entityTypeAt(adjacency, start), targetType);
}

/** The type of an entity by its number. */
export function entityTypeAt({ entityTypes }: SourcedGraph["adjacency"], entity: number): EntityType {
  return required(ENTITY_TYPES[required(entityTypes[entity], "an entity's type")], "an entity type");
}

/** What those with linking terms may be asked with besides. */
export interface LinkingOptions extends QuestionOptions {
  readonly via?: readonly EntityType[];
  readonly maxLinkingDegree?: number;
  readonly excluded?: readonly string[];
}

/** Adds the options of every question. */
function withQuestionOptions(command: Command): Command {
  return withGraphSource(command)
    .option("--as-of <year>", "what was known at the end of this year", atLeastOne)
    .addOption(
      new Option("--relation-types <names>", "only relations of these types, with commas").argParser(
        relationTypes,
      ),
    )
    .addOption(
      new Option("--sources <kinds>", "only what these kinds of source say, with commas").argParser(
        sourceKinds,
      ),
    )
    .option("--min-belief <fraction>", "least belief of a relation", share)
    .option("--min-papers <count>", "papers that a relation needs", atLeastOne)
    .option("--json", "print the answer as JSON", false);
}

/** Adds those of linking terms too. */
export function withLinkingOptions(command: Command): Command {
  return withQuestionOptions(command)
    .addOption(
      new Option("--via <types>", "types of the linking terms, with commas").argParser((text: string) =>
        text.split(",").map((name) => pairEntityType(name.trim())),
      ),
    )
    .option(
      "--max-linking-degree <count>",
      "pass over linking terms related to more entities than this",
      atLeastOne,
    )
    .addOption(
      new Option(
        "--excluded <curies>",
        "terms that are neither on the way nor candidates, with commas",
      ).argParser((text: string) =>
        text.split(",").map((curie) => canonicalCurie(curie.trim()) ?? curie.trim()),
      ),
    );
}

/** The filter as discovery takes it. */
function toLinkFilter({
  asOf,
  relationTypes: types,
  sources,
  minBelief,
  minPapers,
  edges,
}: QuestionOptions): LinkFilter {
  if (sources !== undefined && edges !== undefined) {
    const reason = "--sources asks who says so, which an edge list does not tell; leave one of the two out";
    throw new BioWeftError("CONFIG", reason);
  }
  const asSet = <Value>(some: readonly Value[] | undefined) =>
    some === undefined ? undefined : new Set(some);
  return { asOf, types: asSet(types), sources: asSet(sources), minBelief, minPapers };
}

/** The filter of questions with linking terms. */
export function toLinkingFilter(options: LinkingOptions) {
  const { via, maxLinkingDegree, excluded } = options;
  return { ...toLinkFilter(options), via, maxLinkingDegree, excluded };
}

function relationTypes(text: string): RelationType[] {
  return someOf(RELATION_TYPES, text);
}

function sourceKinds(text: string): SourceKind[] {
  return someOf(SOURCE_KINDS, text);
}

function someOf<Name extends string>(names: readonly Name[], text: string): Name[] {
  return text.split(",").map((name) => {
    const found = names.find((one) => one.toLowerCase() === name.trim().toLowerCase());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`give some of ${names.join(", ")}`);
  });
}
