/**
 * TensorFlow.js as npm gives it, in a file of its own, so that it is loaded only when asked for, by Node and in a bundle
 * alike (a bundler gives no names to a CommonJS package that is itself imported on demand).
 */
import * as tf from "@tensorflow/tfjs";

export { tf };
