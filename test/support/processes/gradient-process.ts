/**
 * Run as a process: prints, as JSON, the loss of a tiny document network over two documents and its gradients by
 * weight, worked out on the backend that the first argument names.
 */
import { documentFeeds, documentGraph } from "../../../src/model/networks/document-graph.js";
import { loadTensorflow, TENSORFLOWS } from "../../../src/model/ops/tensorflow.js";
import { GradientEngine } from "../../../src/model/training/gradient-engine.js";
import { WeightStore } from "../../../src/model/training/weight-store.js";
import { TINY_MPNET, tinyParameters, tinyView } from "../tiny/tiny-network.js";

const backend = TENSORFLOWS.find((name) => name === process.argv[2]) ?? "portable";
const { tf } = await loadTensorflow(backend);
// MPNet's kind has every weight that the others have, and a bias for relative positions.
const store = new WeightStore(tinyParameters(1, TINY_MPNET));
const engine = new GradientEngine(tf, documentGraph(TINY_MPNET), store);
const passes = [tinyView(1), tinyView(2)].map((view) => ({ feeds: documentFeeds(view), targets: [1, 4, 0] }));
const { loss, values } = await engine.gradients(passes);
const gradients = [...values].map(([name, data]) => [name, [...data]]);
process.stdout.write(JSON.stringify({ loss, tensors: tf.memory().numTensors, gradients }));
