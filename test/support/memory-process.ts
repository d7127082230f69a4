/**
 * Run as a process: classifies as many documents as the second argument says with the model folder that the first
 * names, and prints its resident memory in MiB after each tenth of them, as JSON.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { loadReleasedModel } from "../../src/model/released-model.js";
import { aDocument } from "./builders.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const [folder = "", count = ""] = process.argv.slice(2);
const total = Number(count);
const classifier = await loadReleasedModel(folder, { engine: "onnx" });
// Of many sizes, since memory is kept by size.
const documents = Array.from({ length: 40 }, (_, index) =>
  aDocument({
    title: "Aspirin and gout",
    abstract: "We measured it again. ".repeat(index % 20),
    mentions: [
      { text: "Aspirin", type: "Chemical", ids: ["D001241"] },
      { text: "gout", type: "Disease", ids: ["D006073"] },
    ],
  }),
);
const resident: number[] = [];
for (let index = 0; index < total; index++) {
  await classifier.predict(documents[index % documents.length] ?? aDocument());
  if ((index + 1) % (total / 10) !== 0) continue;
  collectGarbage();
  resident.push(process.memoryUsage().rss / 2 ** 20);
}
await classifier.dispose();
process.stdout.write(JSON.stringify(resident));
