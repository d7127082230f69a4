/**
 * What an operation's text may be, before anything of it is run: how long, how deep, with how many aliases and directives.
 * Fragments count where they are spread. What it may cost is `cost.ts`'s.
 */
import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import { maxDirectivesRule } from "@escape.tech/graphql-armor-max-directives";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
  validate,
} from "graphql";

/** Deepest nesting of fields that an operation may have; the schema's own description does not count. */
const MAX_DEPTH = 15;
const MAX_ALIASES = 50;
const MAX_DIRECTIVES = 50;
/** Words and signs of a document: one for what a page shows has some hundreds. */
const MAX_TOKENS = 2_000;

/** How documents are parsed. */
export const PARSE_OPTIONS = { maxTokens: MAX_TOKENS };

/** Reports instead of throwing, so that a refusal is one among the others. */
const reported = {
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, error: GraphQLError) =>
      context?.reportError(new GraphQLError(error.message.replace(/^Syntax Error: /, ""))),
  ],
};

/** Rules beside GraphQL's own. */
export const DOCUMENT_RULES: readonly ValidationRule[] = [
  maxDepthRule({ n: MAX_DEPTH, flattenFragments: true, ignoreIntrospection: true, ...reported }),
  maxAliasesRule({ n: MAX_ALIASES, ...reported }),
  maxDirectivesRule({ n: MAX_DIRECTIVES, ...reported }),
].map((rule) => rule as ValidationRule);

/** A document that may be run on the schema, or why it may not. What Apollo does with one that comes over HTTP. */
export function checkedDocument(
  source: string,
  schema: GraphQLSchema,
  options: { readonly introspection: boolean },
): DocumentNode | readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(source, PARSE_OPTIONS);
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : "the document cannot be read";
    const place = fault instanceof GraphQLError ? fault : {};
    const { source: text, positions } = place as Partial<GraphQLError>;
    const extensions = { code: "GRAPHQL_PARSE_FAILED" };
    return [new GraphQLError(message, { source: text ?? null, positions: positions ?? null, extensions })];
  }
  const rules = [
    ...DOCUMENT_RULES,
    ...specifiedRules,
    ...(options.introspection ? [] : [NoSchemaIntrospectionCustomRule]),
  ];
  const errors = validate(schema, document, rules, { maxErrors: 20 });
  return errors.length === 0 ? document : errors;
}
