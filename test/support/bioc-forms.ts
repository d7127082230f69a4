/**
 * The same annotated paper in the three forms of the field, written as a tool would that knows nothing of us: types,
 * identifiers, ends and notes as they stand in the PubTator text.
 */

/** A PubTator text of one document, as BioC JSON and as BioC XML. */
export function biocForms(pubTator: string): { readonly json: string; readonly xml: string } {
  const lines = pubTator.split("\n").filter((line) => line.trim() !== "");
  const [title = "", abstract = ""] = lines.slice(0, 2).map((line) => line.replace(/^[^|]+\|[ta]\|/, ""));
  const id = lines[0]?.split("|")[0] ?? "";
  const rows = lines.slice(2).map((line) => line.split("\t"));
  const annotations = rows
    .filter(([, start = ""]) => /^\d+$/.test(start))
    .map(([, start = "", end = "", text = "", type = "", identifier], index) => ({
      id: `M${index}`,
      infons: { type, ...(identifier === undefined ? {} : { identifier }) },
      text,
      locations: [{ offset: Number(start), length: Number(end) - Number(start) }],
    }));
  const relations = rows
    .filter(([, type = ""]) => !/^\d+$/.test(type))
    .map(([, type = "", entity1 = "", entity2 = "", ...notes], index) => {
      const novel = notes.find((note) => /^(novel|no)$/i.test(note));
      return {
        id: `R${index}`,
        infons: { type, entity1, entity2, ...(novel === undefined ? {} : { novel }) },
        nodes: [],
      };
    });
  const passages = [
    { infons: { type: "title" }, offset: 0, text: title },
    { infons: { type: "abstract" }, offset: title.length + 1, text: abstract },
  ].map((passage) => ({
    ...passage,
    annotations: annotations.filter(
      ({ locations: [place] }) => (place?.offset ?? 0) > title.length === passage.offset > 0,
    ),
  }));
  const document = { id, infons: {}, passages, relations };
  return { json: JSON.stringify({ source: "", documents: [document] }), xml: toXml(document) };
}

interface Part {
  readonly id: string;
  readonly infons: Readonly<Record<string, string>>;
}

function toXml(document: {
  readonly id: string;
  readonly passages: readonly {
    readonly infons: Readonly<Record<string, string>>;
    readonly offset: number;
    readonly text: string;
    readonly annotations: readonly (Part & {
      readonly text: string;
      readonly locations: readonly { readonly offset: number; readonly length: number }[];
    })[];
  }[];
  readonly relations: readonly Part[];
}): string {
  const passages = document.passages.map(({ infons, offset, text, annotations }) => {
    const inside = annotations.map(
      (one) =>
        `<annotation id="${one.id}">${infonXml(one.infons)}${one.locations
          .map((place) => `<location offset="${place.offset}" length="${place.length}"/>`)
          .join("")}<text>${escaped(one.text)}</text></annotation>`,
    );
    return `<passage>${infonXml(infons)}<offset>${offset}</offset><text>${escaped(text)}</text>${inside.join("\n")}</passage>`;
  });
  const relations = document.relations.map(
    ({ id, infons }) => `<relation id="${id}">${infonXml(infons)}</relation>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<collection><source/><date/><key/><document><id>${escaped(document.id)}</id>
${passages.join("\n")}\n${relations.join("\n")}</document></collection>`;
}

function infonXml(infons: Readonly<Record<string, string>>): string {
  return Object.entries(infons)
    .map(([key, value]) => `<infon key="${key}">${escaped(value)}</infon>`)
    .join("");
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
