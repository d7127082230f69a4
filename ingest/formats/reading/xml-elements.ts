/**
 * Streams the elements of one name out of an XML file: only one such element is in memory at a time, with all
 * that it holds. It knows no document type and fetches none; parsing is saxes, a strict XML 1.0 parser.
 */
import { SaxesParser, type SaxesTagNS } from "saxes";
import { BioWeftError } from "../../../src/core/errors.js";
import { peekChunks } from "./file-chunks.js";
import { plainChunks } from "./plain-bytes.js";
import { fileText } from "./text-lines.js";

/** An element with all that it holds; `text` is its own text without its children's. Lines count from 1. */
export interface XmlElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Reads the elements of the given names, wherever they stand, those inside another of them left in it. The file's
 * text may come from elsewhere, such as out of a gzip. Throws BAD_INPUT with the line for what is no well-formed
 * XML or was cut, NOT_FOUND for no file.
 */
export async function* readXmlElements(
  file: string,
  names: readonly string[],
  text: AsyncIterable<string> = xmlText(file),
): AsyncGenerator<XmlElement> {
  const complete: XmlElement[] = [];
  const parser = elementParser(file, names, (element) => complete.push(element));
  for await (const chunk of text) {
    parser.write(chunk);
    yield* complete.splice(0);
  }
  parser.close();
  yield* complete.splice(0);
}

/**
 * Streams an XML file's text in the encoding that it declares; one with a byte order mark of UTF-16 is UTF-8 by now.
 * Throws like `fileText`, and BAD_INPUT for an encoding that nobody knows.
 */
export async function* xmlText(file: string, source?: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const { head, chunks } = await peekChunks(plainChunks(file, source), DECLARATION_BYTES);
  const declared = /^(?:\ufeff)?\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(
    head.toString("utf8"),
  )?.[1];
  const encoding = declared === undefined || /^utf-?16/i.test(declared) ? "utf-8" : declared;
  try {
    new TextDecoder(encoding);
  } catch (cause) {
    const reason = `its encoding, ${encoding}, is none that we know; convert the file to UTF-8`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { file, line: 1 }, cause });
  }
  yield* fileText(file, chunks, encoding);
}

const DECLARATION_BYTES = 1 << 8;

/** The children of one name, in order. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

function elementParser(
  file: string,
  names: readonly string[],
  onComplete: (element: XmlElement) => void,
): SaxesParser<{ xmlns: true; position: true }> {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: OpenElement[] = [];
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  const refuse = (reason: string, cause?: Error): never => {
    throw new BioWeftError("BAD_INPUT", reason, { place: { file, line: parser.line }, cause });
  };
  parser.on("error", (cause) => {
    const fault = cause.message.replace(/^\d+:\d+: /, "");
    refuse(
      `no well-formed XML: ${fault}; ${XML_CURES.find(([sign]) => sign.test(fault))?.[1] ?? "is the file whole?"}`,
      cause,
    );
  });
  // Entities of a file's own can name other files, or unfold to gigabytes; no tool of this field needs them.
  parser.on("doctype", (doctype) => {
    const entity = /<!ENTITY\s+(?:%\s+)?(\S+)/.exec(doctype)?.[1];
    if (entity !== undefined) {
      refuse(
        `the file declares entities of its own (&${entity};), which are not read; write out what they stand for`,
      );
    }
  });
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("opentag", (tag) => {
    if (open.length > 0 || names.includes(tag.local)) open.push(opened(tag, parser.line));
  });
  parser.on("closetag", () => {
    const element = open.pop();
    if (element === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) onComplete(element);
    else parent.children.push(element);
  });
  return parser;
}

const XML_CURES: readonly (readonly [RegExp, string])[] = [
  [/entity/i, "XML knows &amp; &lt; &gt; &quot; &apos; and numbers such as &#160; only"],
  [/disallowed character|control/i, "XML holds no control characters: take them out"],
  [/unclosed|end of|unexpected end/i, "the file seems to be cut there; copy it again"],
];

function opened(tag: SaxesTagNS, line: number): OpenElement {
  const attributes: Record<string, string> = {};
  for (const { name, value } of Object.values(tag.attributes)) attributes[name] = value;
  return { name: tag.local, line, attributes, children: [], text: "" };
}
