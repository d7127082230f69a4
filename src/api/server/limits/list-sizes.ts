/**
 * How long a list and how deep a value may be that a client sends as a variable or in the document.
 */
import { type DocumentNode, visit } from "graphql";
import { refusal } from "../../platform/refusal.js";

const MAX_LIST = 1_000;
const MAX_NESTING = 12;

/** Throws LIST_TOO_LONG. */
export function checkListSizes(document: DocumentNode, variables: unknown): void {
  checkValue(variables, "the variables", 0);
  visit(document, {
    ListValue: (node) => {
      if (node.values.length > MAX_LIST) throw tooLong("the document", node.values.length);
    },
  });
}

function checkValue(value: unknown, name: string, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  if (depth > MAX_NESTING)
    throw refusal("LIST_TOO_LONG", `${name} nest more than ${MAX_NESTING} levels deep`);
  if (Array.isArray(value)) {
    if (value.length > MAX_LIST) throw tooLong(name, value.length);
    for (const item of value) checkValue(item, name, depth + 1);
    return;
  }
  for (const item of Object.values(value)) checkValue(item, name, depth + 1);
}

function tooLong(name: string, length: number) {
  return refusal("LIST_TOO_LONG", `${name} hold a list of ${length}; send at most ${MAX_LIST} in one`);
}
