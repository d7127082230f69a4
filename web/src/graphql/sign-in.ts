/**
 * The key that says who asks, where the server asks for one: kept in this browser and sent with every request.
 */

const NAME = "bioweft.key";

/** The key, if one was given. */
export function storedKey(): string | undefined {
  try {
    return localStorage.getItem(NAME) ?? undefined;
  } catch {
    return undefined; // storage is closed to this page
  }
}

/** Keeps a key, or forgets it where it is empty. */
export function storeKey(key: string): void {
  if (key === "") localStorage.removeItem(NAME);
  else localStorage.setItem(NAME, key);
}
