/**
 * How the rows of texts and markers are laid out in the document network, and so how attention finds what belongs
 * together: one document, whose rows are as many as it has, or several in one pass, padded to the largest. A card
 * needs the second: one document does not fill it. Everything else of the network (document-network.ts) is the same.
 */

import type { Ops } from "../ops/ops.js";
import type { EncoderConfig } from "./encoder-config.js";

/** What the layout of rows decides. Text rows come first, then marker rows; H heads of d features. */
export interface DocumentLayout<Tensor> {
  /** Embedded rows in the order that the layers work in. */
  arrange(embedded: Tensor): Tensor;
  /** Has as many rows as there are text rows. */
  readonly textRows: Tensor;
  /** (text rows, H·d) -> (…, H, T, d). */
  textHeads(rows: Tensor): Tensor;
  /** (marker rows, H·d) -> (…, H, 2P, d). */
  markerHeads(rows: Tensor): Tensor;
  /** Back from heads to rows. */
  merge(context: Tensor): Tensor;
  /** Each marker's partner's row in its place. */
  partners(rows: Tensor): Tensor;
  /** Added to the scores of text rows: (…, H, T, T) or what is broadcast to it. */
  readonly textBias: Tensor | undefined;
  /** The same for markers, whose columns are the text, itself and its partner: (…, H, 2P, T + 2). */
  readonly markerBias: Tensor | undefined;
  /** The final states of every pair's subject marker and of its object marker: 2 × (P, D). */
  pairMarkers(markers: Tensor): readonly [Tensor, Tensor];
}

/** What the layout of one document is made of; shapes in DocumentNetworkInputs. */
interface OneDocumentRows<Tensor> {
  readonly positions: Tensor;
  readonly markerPositions: Tensor;
}

/** What the layout of a text alone decides, without markers. */
export type TextLayout<Tensor> = Pick<DocumentLayout<Tensor>, "textHeads" | "merge" | "textBias">;
/** What the layout of markers decides, whose text is in memory. */
export type MarkerLayout<Tensor> = Pick<
  DocumentLayout<Tensor>,
  "textHeads" | "markerHeads" | "merge" | "partners" | "markerBias" | "pairMarkers"
>;

/** One document's text. */
export function oneText<Tensor>(
  ops: Ops<Tensor>,
  config: EncoderConfig,
  positions: Tensor,
): TextLayout<Tensor> {
  return {
    textHeads: (x) => ops.splitHeads(x, config.heads),
    merge: (context) => ops.mergeHeads(context),
    textBias: relativeBias(ops, config)?.(positions, positions, "all"),
  };
}

/** One document's markers: all subjects, then all objects. */
export function oneTextsMarkers<Tensor>(
  ops: Ops<Tensor>,
  config: EncoderConfig,
  { positions, markerPositions }: OneDocumentRows<Tensor>,
): MarkerLayout<Tensor> {
  const heads = (x: Tensor) => ops.splitHeads(x, config.heads);
  const partners = (x: Tensor) => {
    const [first, second] = ops.halves(x);
    return ops.concat([second, first], 0);
  };
  const bias = relativeBias(ops, config);
  const markerBias = bias && [
    bias(markerPositions, positions, "all"),
    bias(markerPositions, markerPositions, "each"),
    bias(markerPositions, partners(markerPositions), "each"),
  ];
  return {
    textHeads: heads,
    markerHeads: heads,
    merge: (context) => ops.mergeHeads(context),
    partners,
    markerBias: markerBias && ops.concat(markerBias, -1),
    pairMarkers: (markers) => ops.halves(markers),
  };
}

/** One document: nothing is padded. */
export function oneDocument<Tensor>(
  ops: Ops<Tensor>,
  config: EncoderConfig,
  rows: OneDocumentRows<Tensor>,
): DocumentLayout<Tensor> {
  return {
    arrange: (embedded) => embedded,
    textRows: rows.positions,
    ...oneTextsMarkers(ops, config, rows),
    ...oneText(ops, config, rows.positions),
  };
}

/** B documents' places, padded to T text rows and S marker slots each; a slot is where a marker can stand. */
interface ManyDocumentRows<Tensor> {
  /** (B·T) the embedded row of every text row; any row where there is padding. */
  readonly textOrder: Tensor;
  /** (B·S) the embedded row of every slot; any row where no marker stands. */
  readonly markerOrder: Tensor;
  /** (B, 1, 1, T + 2) 0 for a token, PADDED for padding; the last two are a marker's own columns: 0. */
  readonly padding: Tensor;
  /** (B, S): only its shape is read. */
  readonly slots: Tensor;
  /** (B·S) the slot of every marker's partner. */
  readonly partners: Tensor;
  /** (T) positions of a text's rows, the same for all. */
  readonly places: Tensor;
  /** (B·S) positions of the markers. */
  readonly slotPositions: Tensor;
  /** (ΣP) the slots of the pairs' subject and object markers. */
  readonly subjectSlots: Tensor;
  readonly objectSlots: Tensor;
}

/** Several documents, padded. */
export function manyDocuments<Tensor>(
  ops: Ops<Tensor>,
  config: EncoderConfig,
  rows: ManyDocumentRows<Tensor>,
): DocumentLayout<Tensor> {
  const { padding, slots, places, slotPositions } = rows;
  const partners = (x: Tensor) => ops.gather(x, rows.partners);
  const textPadding = ops.dropLast(padding, 2); // (B, 1, 1, T)
  const bias = relativeBias(ops, config);
  const markerBias = bias && [
    bias(slotPositions, places, "all"),
    bias(slotPositions, slotPositions, "each"),
    bias(slotPositions, partners(slotPositions), "each"),
  ];
  return {
    arrange: (embedded) => ops.gather(embedded, ops.concat([rows.textOrder, rows.markerOrder], 0)),
    textRows: rows.textOrder,
    textHeads: (x) => ops.splitSequences(x, config.heads, textPadding),
    markerHeads: (x) => ops.splitSequences(x, config.heads, slots),
    merge: (context) => ops.mergeSequences(context, config.hiddenSize),
    partners,
    textBias: bias === undefined ? textPadding : ops.add(textPadding, bias(places, places, "all")),
    markerBias:
      markerBias === undefined
        ? padding
        : ops.add(padding, ops.splitScores(ops.concat(markerBias, -1), slots)),
    pairMarkers: (markers) => [ops.gather(markers, rows.subjectSlots), ops.gather(markers, rows.objectSlots)],
  };
}

/** What relative positions add to scores; undefined for encoders without. */
function relativeBias<Tensor>(ops: Ops<Tensor>, config: EncoderConfig) {
  if (config.relativeBuckets === 0) return undefined;
  const table = ops.weight("encoder.relative_attention_bias.weight"); // (buckets, H)
  return (queries: Tensor, keys: Tensor, pairing: "all" | "each") =>
    ops.relativeBias(table, queries, keys, pairing, config);
}
