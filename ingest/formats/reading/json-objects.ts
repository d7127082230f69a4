/**
 * Cuts a stream of JSON text into its documents without holding the whole: the objects inside a wrapper's array
 * (`{"PubTator3":[…]}`), inside a bare array, or one after the other. It finds where objects begin and end;
 * whether they parse is the caller's business.
 */

/** The text of one object and the line where it begins; `fault` says where the structure itself breaks. */
export interface JsonObjectText {
  readonly line: number;
  readonly text: string;
  readonly fault?: string;
}

/** Feeds on chunks of text in order, and gives the objects that each completes. */
export class JsonObjectScanner {
  private readonly wrappers: ReadonlySet<string>;
  private depth = 0;
  /** Depth at which an object is a document: 0 bare, 1 in an array, 2 in a wrapper's array; 3 behind the array. */
  private documentDepth = 0;
  private inString = false;
  private escaped = false;
  private line = 1;
  private startLine = 1;
  private captured: string[] = [];
  private capturing = false;
  private size = 0;
  private key = "";
  private stopped = false;

  /** `wrappers` are the keys of a top-level object whose array holds the documents. */
  constructor(wrappers: readonly string[]) {
    this.wrappers = new Set(wrappers);
  }

  /** The objects that end in this chunk. After a structural fault nothing more comes. */
  push(chunk: string): JsonObjectText[] {
    const found: JsonObjectText[] = [];
    const countLines = lineCounter(chunk);
    let from = 0;
    for (let at = 0; at < chunk.length && !this.stopped; at += 1) {
      const next = this.nextToLookAt(chunk, at);
      if (this.inString && this.depth === 1) this.key += chunk.slice(at, next);
      this.line += countLines(Math.min(next + 1, chunk.length));
      if (next === chunk.length) break;
      at = next;
      const char = chunk.charAt(at);
      if (this.inString) {
        this.stepInString(char);
        continue;
      }
      const wasCapturing = this.capturing;
      const event = this.step(char);
      if (event === "junk")
        found.push(this.stop(`"${chunk.slice(at, at + 20)}" where a document should begin`));
      if (!wasCapturing && this.capturing) from = at;
      if (event === "document") {
        found.push({ line: this.startLine, text: this.captured.join("") + chunk.slice(from, at + 1) });
      }
      if (wasCapturing && !this.capturing) this.captured = [];
    }
    if (this.capturing) {
      this.captured.push(chunk.slice(from));
      this.size += chunk.length - from;
      if (this.size > MOST_CHARACTERS) found.push(this.stop("a document of over 256 million characters"));
    } else this.size = 0;
    return found;
  }

  /** What is left at the end of the stream: nothing, or the fault of a text that was cut. */
  end(): JsonObjectText[] {
    if (this.stopped || (this.depth === 0 && !this.inString)) return [];
    return [this.stop("the JSON ends in the middle: the file or answer was cut")];
  }

  private stop(fault: string): JsonObjectText {
    this.stopped = true;
    return { line: this.capturing ? this.startLine : this.line, text: "", fault };
  }

  /** The place of the next character that can change anything: most of a document is the inside of its strings. */
  private nextToLookAt(chunk: string, at: number): number {
    if (this.escaped || (!this.inString && !this.capturing)) return at;
    const signs = this.inString ? ENDS_STRING : OPENS_OR_CLOSES;
    signs.lastIndex = at;
    return signs.exec(chunk)?.index ?? chunk.length;
  }

  private stepInString(char: string): void {
    if (this.escaped) this.escaped = false;
    else if (char === "\\") this.escaped = true;
    else if (char === '"') this.inString = false;
    else if (this.depth === 1) this.key += char;
  }

  private step(char: string): "document" | "junk" | undefined {
    if (char === "{" || char === "[") return this.open(char);
    if (char === "}" || char === "]") return this.close();
    const between = !this.capturing && this.depth === this.documentDepth;
    if (between && !/[\s,]/.test(char)) return "junk";
    if (char === '"') {
      this.inString = true;
      // Only strings right inside the top-level object can be a wrapper's key.
      if (this.depth === 1) this.key = "";
    }
    return undefined;
  }

  private open(char: "{" | "["): undefined {
    if (char === "[" && this.depth === 0) this.documentDepth = 1;
    // A wrapper may have several arrays of documents: behind one it may open the next.
    const inWrapper = this.documentDepth === 0 || this.documentDepth === BEHIND_DOCUMENTS;
    if (char === "[" && this.depth === 1 && inWrapper && this.wrappers.has(this.key)) {
      // The object was no document but a wrapper: what was captured of it is its header.
      this.documentDepth = 2;
      this.capturing = false;
    } else if (char === "{" && this.depth === this.documentDepth && !this.capturing) {
      this.capturing = true;
      this.startLine = this.line;
    }
    this.depth += 1;
  }

  private close(): "document" | "junk" | undefined {
    this.depth -= 1;
    if (this.depth < 0) return "junk";
    if (this.capturing && this.depth === this.documentDepth) {
      this.capturing = false;
      return "document";
    }
    if (this.depth === 0) this.documentDepth = 0;
    else if (!this.capturing && this.depth < this.documentDepth) this.documentDepth = BEHIND_DOCUMENTS;
    return undefined;
  }
}

const ENDS_STRING = /["\\]/g;
const OPENS_OR_CLOSES = /["{}[\]]/g;

/** Counts the line ends of a chunk before a place that moves on, each once. */
function lineCounter(chunk: string): (before: number) => number {
  let next = chunk.indexOf("\n");
  return (before) => {
    let lines = 0;
    for (; next >= 0 && next < before; next = chunk.indexOf("\n", next + 1)) lines += 1;
    return lines;
  };
}

// What a gzip unfolds to must not fill the memory: no document is as long.
const MOST_CHARACTERS = 1 << 28;

/** No object of a wrapper is this deep when its array of documents has ended. */
const BEHIND_DOCUMENTS = Number.POSITIVE_INFINITY;
