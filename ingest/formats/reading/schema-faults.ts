/**
 * Checks a value from outside against a zod schema, and turns the first fault into our error.
 */
import type { z } from "zod";
import { BioWeftError, type ErrorPlace, messageOf } from "../../../src/core/errors.js";
import { required } from "../../../src/core/required.js";

/** Parses JSON text and checks it. Throws BAD_INPUT with the place, the path inside the value and the reason. */
export function parseJson<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  place: ErrorPlace,
): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BioWeftError("BAD_INPUT", `no valid JSON: ${messageOf(cause)}`, { place, cause });
  }
  return checkValue(schema, value, place);
}

/** Checks a value that is parsed already. Throws BAD_INPUT like `parseJson`. */
export function checkValue<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  place: ErrorPlace,
): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = required(result.error.issues[0], "what does not fit the schema");
  const path = issue.path.join(".");
  const reason = `${path === "" ? "the value" : path}: ${issue.message}`;
  throw new BioWeftError("BAD_INPUT", reason, { place, cause: result.error });
}
