/**
 * Gives the reader a file that the page made.
 */

const RELEASE_MILLIS = 60_000;

/** Saves text under a name. */
export function saveText(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));
}

/** Saves anything under a name. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), RELEASE_MILLIS);
}

/** A file's name from words: only what every file system takes. */
export function fileName(words: string, extension: string): string {
  const plain = words.replace(/[^\p{L}\p{N}.-]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${plain.slice(0, 80) || "bioweft"}.${extension}`;
}
