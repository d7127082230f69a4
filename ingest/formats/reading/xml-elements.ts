/**
 * Streams the elements of one name out of an XML file: only one such element is in memory at a time, with all
 * that it holds. It knows no document type and fetches none; parsing is saxes, a strict XML 1.0 parser.
 */
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from "saxes";
import { BioWeftError } from "../../../src/core/errors.js";
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
  text: AsyncIterable<string> = fileText(file),
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
  parser.on("error", (cause) => {
    const reason = `no well-formed XML: ${cause.message.replace(/^\d+:\d+: /, "")}; is the file whole?`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { file, line: parser.line }, cause });
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

function opened(tag: SaxesTagNS, line: number): OpenElement {
  const attributes = Object.values(tag.attributes).map(
    ({ name, value }: SaxesAttributeNS): [string, string] => [name, value],
  );
  return { name: tag.local, line, attributes: Object.fromEntries(attributes), children: [], text: "" };
}
