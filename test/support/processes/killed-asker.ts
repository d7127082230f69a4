/**
 * A program for the test of what outlives its parent: starts a classifier's process, says its id, and is killed.
 * Argument: a model folder.
 */
import { loadInOwnProcess } from "../../../src/model/own-process.js";

const [dir = ""] = process.argv.slice(2);
const classifier = await loadInOwnProcess({ dir, memoryFile: `${dir}/engines.json`, engine: "onnx" });
process.stdout.write(`${classifier.pid}\n`, () => process.kill(process.pid, "SIGKILL"));
