/**
 * What an operation costs, before it is run: each field what it takes to answer it, times the sizes of the pages that it is
 * on, nested pages times each other. A unit is about one row read from the graph.
 */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isCompositeType,
  isListType,
  isObjectType,
} from "graphql";
import { type ComplexityEstimator, getComplexity } from "graphql-query-complexity/cjs";
import { MAX_PAGE } from "../../platform/connection.js";
import { refusal } from "../../platform/refusal.js";

/** Fields that take more than reading their row. */
const OWN_COST: Readonly<Record<string, number>> = {
  "Query.discover": 300,
  "Query.explain": 300,
  "Query.paths": 300,
  "Query.evaluateDiscovery": 5_000,
  "Query.searchEntities": 20,
  "Query.impactOf": 100,
  "Query.curationAgreement": 100,
  "Query.curationQueue": 100,
  "Query.curationTasks": 100,
  "Query.corpora": 100,
  "Mutation.extractText": 1_000,
  "Mutation.extractPublication": 200,
  "Mutation.extractPublications": 1_000,
  "Query.extractionQueue": 50,
  "Evidence.passage": 1,
};
/** Counting a list. */
const COUNT_COST = 5;
/** A value of a row that is read anyway. */
const VALUE_COST = 0.1;
/** A page when nobody says how large. */
const USUAL_PAGE = 25;
/** Rows of a list that nobody can page through. */
const USUAL_LIST = 3;
/** Costs that are remembered of one document, and the longest key of one. */
const MOST_KNOWN = 1_000;
const LONGEST_KEY = 500;
/** Selections that are looked at; more than an operation of the largest text can want. */
const MOST_SELECTIONS = 20_000;

/** Gives the cost of operations on one schema. */
export class CostModel {
  readonly #schema: GraphQLSchema;
  readonly #paged: ReadonlySet<string>;
  readonly #known = new WeakMap<DocumentNode, Map<string, number>>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
    this.#paged = typesWithPages(schema);
  }

  /**
   * The cost with these variables. Throws QUERY_TOO_EXPENSIVE for one that is too large even to be reckoned.
   */
  of(document: DocumentNode, operationName: string | undefined, variables: Record<string, unknown>): number {
    const operation = getOperationAST(document, operationName);
    if (operation == null) return 1;
    const { errors } = getVariableValues(this.#schema, operation.variableDefinitions ?? [], variables);
    // Execution refuses them, with their names, and reads nothing.
    if (errors !== undefined) return 1;
    const known = this.#known.get(document) ?? new Map<string, number>();
    this.#known.set(document, known);
    const key = keyOf(operationName, variables);
    const cost = known.get(key) ?? this.#reckon(document, operation.name?.value, variables);
    if (known.size >= MOST_KNOWN) known.clear();
    if (key.length <= LONGEST_KEY) known.set(key, cost);
    return cost;
  }

  #reckon(document: DocumentNode, operationName: string | undefined, variables: Record<string, unknown>) {
    try {
      const cost = getComplexity({
        schema: this.#schema,
        query: document,
        variables,
        ...(operationName === undefined ? {} : { operationName }),
        estimators: [this.#estimate],
        maxQueryNodes: MOST_SELECTIONS,
      });
      return Math.max(1, Math.ceil(cost));
    } catch (fault) {
      if (fault instanceof GraphQLError && fault.message.includes("maximum allowed number of nodes")) {
        const reason = `the operation selects more than ${MOST_SELECTIONS} fields with its fragments put in; ask for less`;
        throw refusal("QUERY_TOO_EXPENSIVE", reason);
      }
      throw fault;
    }
  }

  readonly #estimate: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
    const name = `${type.name}.${field.name}`;
    if (field.name === "totalCount") return COUNT_COST;
    if (!isCompositeType(getNamedType(field.type))) return OWN_COST[name] ?? VALUE_COST;
    return (OWN_COST[name] ?? 0) + this.#rows(type.name, field, args) * (1 + childComplexity);
  };

  /** How many rows a field gives for each of its parent. */
  #rows(parent: string, field: GraphQLField<unknown, unknown>, args: Record<string, unknown>): number {
    if (field.args.some((argument) => argument.name === "first")) {
      const first = typeof args["first"] === "number" ? args["first"] : USUAL_PAGE;
      return Math.min(MAX_PAGE, Math.max(1, first));
    }
    const asked = Object.values(args).filter(Array.isArray);
    if (!isListType(getNullableType(field.type))) return 1;
    if (asked.length > 0) return Math.max(1, ...asked.map((list) => list.length));
    // The rows of a page are counted where it was asked for.
    return this.#paged.has(parent) ? 1 : USUAL_LIST;
  }
}

/**
 * What of the variables a cost depends on: documents come again and again with other texts, which cost the same. Numbers, booleans
 * and the lengths of lists do not.
 */
function keyOf(operationName: string | undefined, variables: Record<string, unknown>): string {
  const values = JSON.stringify(variables, (_, value) => (typeof value === "string" ? "" : value));
  return `${operationName ?? ""} ${values}`;
}

/** The types that a paged field gives, whose lists are that page. */
function typesWithPages(schema: GraphQLSchema): Set<string> {
  const found = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const isPaged = field.args.some(({ name }) => name === "first");
      if (isPaged && !isListType(getNullableType(field.type))) found.add(getNamedType(field.type).name);
    }
  }
  return found;
}
