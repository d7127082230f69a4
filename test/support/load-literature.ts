/**
 * A program for the test of killed loads: loads invented documents with their gold relations and a tiny model's,
 * and writes a line after each batch. Arguments: model folder, number of documents. Address in the environment.
 */
import { openDatabase } from "../../src/graph/neo4j/database.js";
import { extractBulk } from "../../src/jobs/bulk.js";
import { loadReleasedModel } from "../../src/model/released-model.js";
import { inventedWrites } from "./synthetic-literature.js";

const [folder = "", documents = "0"] = process.argv.slice(2);
const database = await openDatabase({
  uri: process.env["URI"] ?? "",
  user: process.env["NAME"] ?? "",
  password: process.env["WORD"] ?? "",
});
const classifier = await loadReleasedModel(folder);
await extractBulk({
  documents: inventedWrites({ documents: Number(documents) }).map(({ document }) => document),
  database,
  classifier,
  gold: true,
  batchSize: 5,
  onProgress: (counts) => console.log(JSON.stringify(counts)),
});
await classifier.dispose();
await database.close();
