/**
 * DrugMechDB's curated mechanisms: a list of paths from a drug to a disease, in YAML as it is published or in JSON, each with its
 * `graph` (the two ends), `nodes` and `links`. Source: Gonzalez-Cavazos et al. 2023; SuLab/DrugMechDB.
 */
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { canonicalCurie } from "../../../src/core/curie.js";
import { BioWeftError, messageOf } from "../../../src/core/errors.js";

/** An entity of a mechanism. */
interface MechanismNode {
  readonly curie: string;
  readonly name: string;
}

/** One mechanism. */
export interface DrugMechanism {
  readonly id: string;
  readonly drug: MechanismNode;
  readonly disease: MechanismNode;
  /** What lies between, in the order of the file. */
  readonly between: readonly MechanismNode[];
}

const mechanism = z.object({
  graph: z.object({
    _id: z.string(),
    drug: z.string(),
    drug_mesh: z.string().nullish(),
    drugbank: z.string().nullish(),
    disease: z.string(),
    disease_mesh: z.string(),
  }),
  nodes: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** Reads the mechanisms. Throws NOT_FOUND for no file, BAD_INPUT for what is none of this form, with the place. */
export async function readDrugMechanisms(file: string): Promise<DrugMechanism[]> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new BioWeftError("NOT_FOUND", `cannot be opened (${messageOf(cause)})`, { place: { file }, cause });
  });
  const found = z.array(mechanism).safeParse(parsed(file, text));
  if (!found.success) {
    const [issue] = found.error.issues;
    const reason = `no mechanisms of DrugMechDB: ${issue?.path.join(".")} ${issue?.message}; take its indication_paths.yaml`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { file } });
  }
  return found.data.map(({ graph, nodes }) => {
    const drug = node(graph.drug_mesh ?? graph.drugbank ?? graph.drug, graph.drug);
    const disease = node(graph.disease_mesh, graph.disease);
    const all = nodes.map(({ id, name }) => node(id, name));
    const ends = new Set([drug.curie, disease.curie, node(graph.drugbank ?? "", "").curie]);
    return { id: graph._id, drug, disease, between: all.filter(({ curie }) => !ends.has(curie)) };
  });
}

function node(id: string, name: string): MechanismNode {
  return { curie: canonicalCurie(id) ?? id, name };
}

function parsed(file: string, text: string): unknown {
  try {
    // JSON is YAML, too.
    return parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw new BioWeftError("BAD_INPUT", `cannot be read as YAML (${messageOf(cause)})`, {
      place: { file },
      cause,
    });
  }
}
