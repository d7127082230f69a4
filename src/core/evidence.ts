/**
 * Evidence: one publication's support for one relation, from one source, with the sentence that shows it.
 * Made here from a classifier's predictions or an annotator's relations; stored and read back by the graph.
 */
import { type DocumentEntity, documentEntities } from "./candidate.js";
import { type Document, documentText, type Mention } from "./document.js";
import type { DocumentPredictions } from "./prediction.js";
import { type EntityType, isRelationType, type RelationType } from "./relation-types.js";
import { documentSentences, type SupportingSentence, supportingSentence } from "./sentences.js";

/** Where a mention of the subject or the object stands, in UTF-16 offsets into the document. */
export interface EvidenceMention {
  readonly curie: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An entity at one end of a relation. `names` are the spellings seen, the most frequent first. */
export interface EvidenceEntity {
  readonly curie: string;
  readonly type: EntityType;
  readonly names: readonly string[];
}

/** Who asserts a relation: an annotated corpus, a model, PubTator3, or a curator. */
export const SOURCE_KINDS = ["corpus", "model", "pubtator3", "curator"] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/**
 * One row of support. Subject and object are ordered by CURIE, as relations are undirected, so that the same
 * claim always gets the same identifier whichever way round it was read.
 */
export interface Evidence {
  /** Stable identifier of (publication, pair, type, source). */
  readonly id: string;
  readonly pmid: string;
  readonly subject: EvidenceEntity;
  readonly object: EvidenceEntity;
  readonly type: RelationType;
  /** The sentence (or the few sentences) that name both; empty where no passage does. */
  readonly sentence: string;
  /** UTF-16 offsets of the sentence in the document. */
  readonly start: number;
  readonly end: number;
  readonly mentions: readonly EvidenceMention[];
  /** Calibrated probability, 1 for an annotator's word. */
  readonly probability: number;
  readonly sourceKind: SourceKind;
  /** The corpus's name, the model's identifier, `PubTator3`, or the curator's name. */
  readonly source: string;
  readonly negated: boolean;
  readonly year?: number;
}

/** Identifier of the relation that evidence supports: the ordered pair and the type. */
export function relationId(subject: string, object: string, type: RelationType): string {
  const [a, b] = subject < object ? [subject, object] : [object, subject];
  return `${a}|${type}|${b}`;
}

/** Evidence rows for everything the model found related in one document. */
export function predictionEvidence(predicted: DocumentPredictions): Evidence[] {
  const maker = evidenceMaker(predicted.document, "model", predicted.model);
  return predicted.predictions.flatMap((prediction) => {
    if (prediction.type === "None") return [];
    const { candidate, type, probability, readAt } = prediction;
    const [subject, object] = [candidate.subject.curie, candidate.object.curie];
    // The sentence that the answer is of, and not another that names both as well.
    const read = readAt && { [subject]: readAt.subject, [object]: readAt.object };
    return maker(subject, object, type, probability, read);
  });
}

/** Evidence rows for a document's gold relations; those of other label sets than BioRED's are left out. */
export function goldEvidence(document: Document): Evidence[] {
  const maker = evidenceMaker(document, "corpus", document.corpus ?? "unnamed corpus");
  const rows = document.relations.flatMap(({ subject, object, type }) =>
    isRelationType(type) ? maker(subject, object, type, 1) : [],
  );
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** Makes rows for one document, which is split into sentences and indexed once. Unknown ends give no row. */
function evidenceMaker(document: Document, sourceKind: SourceKind, source: string) {
  const text = documentText(document);
  const sentences = documentSentences(document);
  const entities = new Map(documentEntities(document).map((entity) => [entity.curie, entity]));
  return (
    one: string,
    other: string,
    type: RelationType,
    probability: number,
    read: Readonly<Record<string, Mention>> = {},
  ): Evidence[] => {
    const [first, second] = one < other ? [one, other] : [other, one];
    const subject = entities.get(first);
    const object = entities.get(second);
    if (subject === undefined || object === undefined || first === second) return [];
    const mentionsOf = ({ curie, mentions }: DocumentEntity) => {
      const own = read[curie];
      return own === undefined ? mentions : [own];
    };
    const support = supportingSentence(text, sentences, mentionsOf(subject), mentionsOf(object));
    return [
      {
        id: [document.pmid, relationId(first, second, type), source].join("|"),
        pmid: document.pmid,
        subject: evidenceEntity(subject),
        object: evidenceEntity(object),
        type,
        sentence: support?.text ?? "",
        start: support?.start ?? 0,
        end: support?.end ?? 0,
        mentions: support === undefined ? [] : supportMentions(first, second, support),
        probability,
        sourceKind,
        source,
        negated: false,
        ...(document.year === undefined ? {} : { year: document.year }),
      },
    ];
  };
}

/** An entity as the graph stores it, with its spellings in this document by falling frequency. */
export function evidenceEntity(entity: {
  curie: string;
  type: EntityType;
  mentions: readonly Mention[];
}): EvidenceEntity {
  const counts = new Map<string, number>();
  for (const { text } of entity.mentions) counts.set(text, (counts.get(text) ?? 0) + 1);
  const names = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return { curie: entity.curie, type: entity.type, names };
}

function supportMentions(subject: string, object: string, support: SupportingSentence): EvidenceMention[] {
  return [
    { curie: subject, start: support.subject.start, end: support.subject.end, text: support.subject.text },
    { curie: object, start: support.object.start, end: support.object.end, text: support.object.text },
  ];
}
