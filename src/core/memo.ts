/**
 * Answers that are asked for again and again, such as the CURIEs of an identifier field that a thousand mentions
 * write alike. What is kept is bounded, so that a file of any length costs no more memory than a short one.
 */

const MOST_KEPT = 1 << 13;

/** The function with its answers kept by key; all are forgotten when there are too many. It must have no effects. */
export function memoized<Value>(answer: (key: string) => Value): (key: string) => Value {
  const kept = new Map<string, Value>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = answer(key);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, value);
    return value;
  };
}
