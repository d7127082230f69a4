/**
 * The few tensor operations that the networks are written in. Two executions: tfjs-ops.ts computes (and
 * differentiates) at once, onnx-ops.ts records an ONNX graph. Row-major; the last axis is the feature axis.
 */

/** What padding adds to a score: as good as minus infinity, and within half precision. */
export const PADDED = -10_000;

/** How differences of positions are put into buckets. */
export interface RelativeSizes {
  readonly maxPositions: number;
  readonly relativeBuckets: number;
}

/** Operations over an execution's own tensor type. Shapes: N rows, D features, H heads, d features a head. */
export interface Ops<Tensor> {
  /** A named parameter of the checkpoint. */
  weight(name: string): Tensor;
  /** Rows of a table: (V, D), (N) -> (N, D). */
  gather(table: Tensor, rows: Tensor): Tensor;
  /** Elementwise sum, broadcasting. */
  add(a: Tensor, b: Tensor): Tensor;
  /** Elementwise product, broadcasting. */
  mul(a: Tensor, b: Tensor): Tensor;
  scale(x: Tensor, factor: number): Tensor;
  exp(x: Tensor): Tensor;
  log(x: Tensor): Tensor;
  /** Sum over the last axis, which is kept: (…, D) -> (…, 1). */
  sumLast(x: Tensor): Tensor;
  softmax(x: Tensor): Tensor;
  /**
   * softmax(q · kᵀ + bias) · v: (H, N, d), (H, T, d), (H, T, d), (H, N, T) -> (H, N, d); all with B before H for
   * sequences in a batch, where a bias that is no parameter's may be broadcast.
   */
  attention(query: Tensor, keys: Tensor, values: Tensor, bias?: Tensor): Tensor;
  /**
   * Entries of a table of buckets (relative-position.ts) for differences of positions: (buckets, H), (N), (T) ->
   * (H, N, T) for `all` differences; (buckets, H), (N), (N) -> (H, N, 1) for `each` query with its own key.
   */
  relativeBias(
    table: Tensor,
    queries: Tensor,
    keys: Tensor,
    pairing: "all" | "each",
    sizes: RelativeSizes,
  ): Tensor;
  gelu(x: Tensor): Tensor;
  tanh(x: Tensor): Tensor;
  layerNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): Tensor;
  /** x · Wᵀ + b with PyTorch's layout: (N, D), (out, D), (out) -> (N, out). */
  linear(x: Tensor, weight: Tensor, bias: Tensor): Tensor;
  /** Batched product; with `transposeB` the last two axes of b are swapped first. */
  matmul(a: Tensor, b: Tensor, transposeB?: boolean): Tensor;
  /** (N, H·d) -> (H, N, d). */
  splitHeads(x: Tensor, heads: number): Tensor;
  /** (H, N, d) -> (N, H·d). */
  mergeHeads(x: Tensor): Tensor;
  /** Rows of B sequences of T tokens, as many as `like` has: (B·T, H·d), (B, …, T) -> (B, H, T, d). */
  splitSequences(x: Tensor, heads: number, like: Tensor): Tensor;
  /** Rows that are sequences of one token: (B, H·d) -> (B, H, 1, d). */
  splitSingles(x: Tensor, heads: number): Tensor;
  /** Back to rows of `width` features: (B, H, T, d) -> (B·T, H·d). */
  mergeSequences(x: Tensor, width: number): Tensor;
  /** Scores of the rows of B sequences, as many as `like` has: (H, B·N, T), (B, …, N) -> (B, H, N, T). */
  splitScores(x: Tensor, like: Tensor): Tensor;
  /** Joins along the first (0) or the last (-1) axis. */
  concat(parts: readonly Tensor[], axis: 0 | -1): Tensor;
  /** Splits the first axis after as many rows as `like` has: (N + M, D), (N, …) -> [(N, D), (M, D)]. */
  splitLike(x: Tensor, like: Tensor): readonly [Tensor, Tensor];
  /** The two halves of the first axis: (2N, …) -> [(N, …), (N, …)]. */
  halves(x: Tensor): readonly [Tensor, Tensor];
  /** All but the last `count` entries of the last axis. */
  dropLast(x: Tensor, count: number): Tensor;
  /** One entry of the last axis, counted from its end (1 is the last); the axis is kept. */
  fromEnd(x: Tensor, position: number): Tensor;
  /** Zeroes a share of the entries while training; the identity otherwise. */
  dropout(x: Tensor, rate: number): Tensor;
}
