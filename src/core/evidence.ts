/**
 * Evidence: one publication's support for one relation, from one source, with the sentence that shows it.
 * Made here from a classifier's predictions or an annotator's relations; stored and read back by the graph.
 */
import { type Document, documentText, type Mention, publicationOf } from "./document.js";
import { BioWeftError } from "./errors.js";
import type { DocumentPredictions, PredictedDirection, PredictedNovelty, Prediction } from "./prediction.js";
import { relationQualifiers } from "./qualifiers/gold-qualifiers.js";
import { type EntityType, isRelationType, RELATION_TYPES, type RelationType } from "./relation-types.js";
import { documentSentences } from "./sentences.js";
import { endFinder, type RelationEnd } from "./support/end-finder.js";
import { type SupportingSentence, supportingSentence } from "./support/supporting-sentence.js";

/** Where a mention of the subject or the object stands, in UTF-16 offsets into the document. */
export interface EvidenceMention {
  readonly curie: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An entity at one end of a relation. `names` are the spellings seen, the most frequent first. */
interface EvidenceEntity {
  readonly curie: string;
  readonly type: EntityType;
  readonly names: readonly string[];
}

/** Who asserts a relation: an annotated corpus, a model, PubTator3, or a curator. */
export const SOURCE_KINDS = ["corpus", "model", "pubtator3", "curator"] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** How a source comes to say something: it asserts it, a program extracted it, or a curator of this graph judged it. */
export const EVIDENCE_ROLES = ["asserts", "extracted", "curated"] as const;
export type EvidenceRole = (typeof EVIDENCE_ROLES)[number];

/** The role of each kind of source. */
export const ROLE_OF: Readonly<Record<SourceKind, EvidenceRole>> = {
  corpus: "asserts",
  model: "extracted",
  pubtator3: "extracted",
  curator: "curated",
};

/**
 * One row of support. Subject and object are ordered by CURIE, as relations are undirected, so that the same
 * claim always gets the same identifier whichever way round it was read.
 */
export interface Evidence {
  /** Stable identifier of (document, pair, type, source). */
  readonly id: string;
  /** The paper: what belief counts, whatever parts it was annotated in. */
  readonly pmid: string;
  /** The document that says so, into whose text the offsets point: the paper, or a part of it. */
  readonly document: string;
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
  /** Which end acts on the other; absent where nobody says. */
  readonly direction?: EvidenceDirection;
  /** Whether the paper claims it as its own finding; absent where nobody says. */
  readonly novelty?: EvidenceNovelty;
}

/** CURIE of the end that acts, null for neither, and the calibrated probability of that, 1 for an annotator's word. */
export type EvidenceDirection = Pick<PredictedDirection, "subject" | "probability">;

/** The same of novelty. */
export type EvidenceNovelty = PredictedNovelty;

/** What is said of a relation beside its type. */
type Qualifiers = Pick<Evidence, "direction" | "novelty">;

/** Identifier of the relation that evidence supports: the ordered pair and the type. */
export function relationId(subject: string, object: string, type: RelationType): string {
  const [a, b] = subject < object ? [subject, object] : [object, subject];
  return `${a}|${type}|${b}`;
}

/** The two entities in a `relationId`; a CURIE may hold a bar itself. Throws INTERNAL for anything else. */
export function relationEnds(id: string): [subject: string, object: string] {
  const [, subject, , object] = RELATION_ID.exec(id) ?? [];
  if (subject === undefined || object === undefined) {
    throw new BioWeftError("INTERNAL", `"${id}" is no identifier of a relation`);
  }
  return [subject, object];
}

/** The type in a `relationId`. Throws INTERNAL for anything else. */
export function relationTypeOf(id: string): RelationType {
  const type = RELATION_TYPES.find((one) => one === RELATION_ID.exec(id)?.[2]);
  if (type !== undefined) return type;
  throw new BioWeftError("INTERNAL", `"${id}" is no identifier of a relation`);
}

const RELATION_ID = new RegExp(`^(.+)\\|(${RELATION_TYPES.join("|")})\\|(.+)$`, "s");

/** Evidence rows for everything the model found related in one document. */
export function predictionEvidence(predicted: DocumentPredictions): Evidence[] {
  const { document, model } = predicted;
  // Two corpora may annotate one paper, and a model read both: each reading is evidence of its own.
  const maker = evidenceMaker(document, "model", model, document.corpus);
  const rows = predicted.predictions.flatMap((prediction) => {
    if (prediction.type === "None") return [];
    const { candidate, type, probability, readAt } = prediction;
    // The sentence that the answer is of, and not another that names both as well.
    const [subject, object] =
      readAt === undefined
        ? [candidate.subject, candidate.object]
        : [
            { ...candidate.subject, readAt: [readAt.subject] },
            { ...candidate.object, readAt: [readAt.object] },
          ];
    return [maker(subject, object, type, probability, saidOf(prediction))];
  });
  return strongestById(rows);
}

/** Gold relations of which no evidence can be made, by reason. */
export interface GoldLeftOut {
  /** An end that no mention of a gene, variant, disease or chemical names. */
  readonly unnamedEnds: number;
  /** Both ends are one entity. */
  readonly selfPairs: number;
  /** The type is none of BioRED's. */
  readonly otherTypes: number;
}

/** A document's gold relations as evidence, and how many were left out. */
interface GoldEvidence {
  readonly rows: readonly Evidence[];
  readonly leftOut: GoldLeftOut;
}

/** Nothing left out. */
export const NONE_LEFT_OUT: GoldLeftOut = { unnamedEnds: 0, selfPairs: 0, otherTypes: 0 };

/** Evidence rows for a document's gold relations, each relation once, with a count of what gives none. */
export function toGoldEvidence(document: Document): GoldEvidence {
  if (document.relations.length === 0) return { rows: [], leftOut: NONE_LEFT_OUT };
  const maker = evidenceMaker(document, "corpus", goldSource(document));
  const find = endFinder(document);
  const leftOut = { ...NONE_LEFT_OUT };
  const qualifiersOf = relationQualifiers(document);
  const rows: Evidence[] = [];
  for (const relation of document.relations) {
    const [subject, object] = [find(relation.subject), find(relation.object)];
    if (!isRelationType(relation.type)) leftOut.otherTypes += 1;
    else if (subject === undefined || object === undefined) leftOut.unnamedEnds += 1;
    else if (subject.curie === object.curie) leftOut.selfPairs += 1;
    else {
      const { subject: from, novel } = qualifiersOf(relation);
      const acting = from === relation.subject ? subject : from === relation.object ? object : undefined;
      const qualifiers = {
        ...(from === undefined ? {} : { direction: { subject: acting?.curie ?? null, probability: 1 } }),
        ...(novel === undefined ? {} : { novelty: { novel, probability: 1 } }),
      };
      rows.push(maker(subject, object, relation.type, 1, qualifiers));
    }
  }
  return { rows: strongestById(rows), leftOut };
}

/** What a model says, as evidence keeps it. */
function saidOf({ direction, novelty }: Prediction): Qualifiers {
  return {
    ...(direction === undefined
      ? {}
      : { direction: { subject: direction.subject, probability: direction.probability } }),
    ...(novelty === undefined ? {} : { novelty }),
  };
}

/** The rows of `toGoldEvidence` alone. */
export function goldEvidence(document: Document): Evidence[] {
  return [...toGoldEvidence(document).rows];
}

/** Whose word a document's own relations are. */
export function goldSource(document: Pick<Document, "corpus">): string {
  return document.corpus ?? "unnamed corpus";
}

/** One row an identifier: an entity in two roles may be found related twice, and the surer answer counts. */
function strongestById(rows: readonly Evidence[]): Evidence[] {
  const strongest = new Map<string, Evidence>();
  for (const row of rows) {
    const other = strongest.get(row.id);
    if (other === undefined || row.probability > other.probability) strongest.set(row.id, row);
  }
  return [...strongest.values()];
}

/** One end of a relation; `readAt` are the mentions at which it was read, where not all count. */
interface ReadEnd extends RelationEnd {
  readonly readAt?: readonly Mention[];
}

/** Makes rows for one document, which is split into sentences once. `reading` tells apart readings of one text. */
function evidenceMaker(document: Document, sourceKind: SourceKind, source: string, reading?: string) {
  const text = documentText(document);
  const sentences = documentSentences(document);
  return (
    one: ReadEnd,
    other: ReadEnd,
    type: RelationType,
    probability: number,
    qualifiers: Qualifiers,
  ): Evidence => {
    const [subject, object] = one.curie < other.curie ? [one, other] : [other, one];
    const relation = relationId(subject.curie, object.curie, type);
    const at = ({ readAt, mentions }: ReadEnd) => readAt ?? mentions;
    const support = supportingSentence(text, sentences, at(subject), at(object));
    return {
      id: [document.pmid, relation, source, ...(reading === undefined ? [] : [reading])].join("|"),
      pmid: publicationOf(document),
      document: document.pmid,
      subject: evidenceEntity(subject),
      object: evidenceEntity(object),
      type,
      sentence: support?.text ?? "",
      start: support?.start ?? 0,
      end: support?.end ?? 0,
      mentions: support === undefined ? [] : supportMentions(subject.curie, object.curie, support),
      probability,
      sourceKind,
      source,
      negated: false,
      ...(document.year === undefined ? {} : { year: document.year }),
      ...qualifiers,
    };
  };
}

/** An entity as the graph stores it, with its spellings in this document by falling frequency. */
function evidenceEntity(entity: {
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
