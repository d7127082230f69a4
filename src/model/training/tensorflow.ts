/**
 * The TensorFlow.js that training runs on, by the names that training knows: see ../tensorflow.ts.
 */
export {
  loadNativeTensorflow,
  loadPortableTensorflow,
  type TensorflowBackend as TrainingBackend,
} from "../tensorflow.js";
