/**
 * Refuses operations that nest too deep, before anything is run. Fragments count where they are spread;
 * introspection does not count.
 */
import {
  type ASTNode,
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  type SelectionSetNode,
  type ValidationContext,
} from "graphql";

/** Deepest nesting of fields that an operation may have. */
export const MAX_DEPTH = 15;

/** A validation rule that allows `limit` fields inside each other. */
export function depthLimit(limit: number): (context: ValidationContext) => ASTVisitor {
  return (context) => {
    const known = new Map<FragmentDefinitionNode, number>();
    return {
      OperationDefinition(operation): void {
        const depth = selectionDepth(operation.selectionSet, context, known);
        if (depth > limit) {
          report(context, operation, `the operation nests ${depth} fields; at most ${limit} are allowed`);
        }
      },
    };
  };
}

function selectionDepth(
  set: SelectionSetNode,
  context: ValidationContext,
  known: Map<FragmentDefinitionNode, number>,
): number {
  let deepest = 0;
  for (const selection of set.selections) {
    let depth = 0;
    if (selection.kind === "InlineFragment") depth = selectionDepth(selection.selectionSet, context, known);
    else if (selection.kind === "FragmentSpread") depth = spreadDepth(selection.name.value, context, known);
    else if (!selection.name.value.startsWith("__")) {
      depth =
        1 +
        (selection.selectionSet === undefined ? 0 : selectionDepth(selection.selectionSet, context, known));
    }
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function spreadDepth(
  name: string,
  context: ValidationContext,
  known: Map<FragmentDefinitionNode, number>,
): number {
  const fragment = context.getFragment(name);
  if (fragment == null) return 0;
  const measured = known.get(fragment);
  if (measured !== undefined) return measured;
  // A fragment inside itself is another rule's to refuse; 0 meanwhile ends the walk.
  known.set(fragment, 0);
  const depth = selectionDepth(fragment.selectionSet, context, known);
  known.set(fragment, depth);
  return depth;
}

function report(context: ValidationContext, node: ASTNode, message: string): void {
  context.reportError(new GraphQLError(message, { nodes: node }));
}
