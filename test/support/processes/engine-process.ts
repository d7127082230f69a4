/**
 * Run as a process: computes a few cases on the engine that the first argument names and prints the logits as
 * JSON. A process of its own, because a graphics card is found, or not, when its driver is loaded.
 */
import { presentEngine } from "../../../src/model/engines/registry.js";
import { caseLogits, FEW_CASES } from "../engine-cases.js";

const logits = await caseLogits(await presentEngine(process.argv[2] ?? ""), FEW_CASES);
process.stdout.write(JSON.stringify(logits));
