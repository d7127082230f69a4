/**
 * What makes a model's inputs of documents, said as plain data, so that a thread of its own can be told (input-worker.ts):
 * the document network's views or the pair network's sequences.
 */
import type { Document } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import type { RelationTask } from "../../core/relation-task.js";
import { loadTokenizer } from "../text/tokenizer.js";
import { cleanInput } from "./clean-input.js";
import { type CompatForms, compatInput } from "./compat-input.js";
import { type DocumentView, type ViewLimits, viewMaker } from "./document-input.js";
import type { ModelLabels } from "./labels.js";
import {
  ALL_PAIRS,
  askedCandidates,
  type DocumentInputs,
  type PairFilter,
  type PairSequence,
} from "./pair-sequence.js";

type Task = Pick<RelationTask, "prompt" | "ownMarkers">;

/** Makes views of the document network. */
export interface ViewsRecipe {
  readonly makes: "views";
  /** Where the tokenizer is. */
  readonly dir: string;
  readonly labels: ModelLabels;
  readonly task: Task;
  readonly limits: ViewLimits;
}

/** Makes sequences of the pair network. */
export interface SequencesRecipe {
  readonly makes: "sequences";
  readonly dir: string;
  readonly maxTokens: number;
  /** As the original tool asks, or as we do: then with the ids of the prompts and tags by name. */
  readonly form:
    | { readonly kind: "compat"; readonly forms: CompatForms }
    | { readonly kind: "clean"; readonly task: Task; readonly specials: ReadonlyMap<string, number> };
}

/** How a model's inputs are made, as plain data that a thread can be given. */
export type InputRecipe = ViewsRecipe | SequencesRecipe;
/** What a recipe makes of one document. */
export type Inputs<Recipe extends InputRecipe> = DocumentInputs<
  Recipe extends ViewsRecipe ? DocumentView : PairSequence
>;
/** Makes the inputs of a document's candidates that are wanted. */
type InputMaker<Recipe extends InputRecipe> = (document: Document) => Inputs<Recipe>;

/** Follows a recipe. Throws MODEL where the tokenizer is missing or broken. */
export async function inputMaker<Recipe extends InputRecipe>(
  recipe: Recipe,
  wants: PairFilter = ALL_PAIRS,
): Promise<InputMaker<Recipe>> {
  const maker =
    recipe.makes === "views" ? await viewInput(recipe, wants) : await sequenceInput(recipe, wants);
  return maker as InputMaker<Recipe>;
}

async function viewInput({ dir, labels, task, limits }: ViewsRecipe, wants: PairFilter) {
  const views = viewMaker(await loadTokenizer(dir), labels, task, limits);
  return (document: Document): DocumentInputs<DocumentView> => {
    const { asked, unasked } = askedCandidates(document, wants);
    const inputs = views(document, asked);
    const read = new Set(inputs.flatMap(({ readings }) => readings.map(({ candidate }) => candidate)));
    return { inputs, unasked: unasked + asked.length - read.size };
  };
}

async function sequenceInput({ dir, maxTokens, form }: SequencesRecipe, wants: PairFilter) {
  const tokenizer = await loadTokenizer(dir);
  const input =
    form.kind === "compat"
      ? compatInput(tokenizer, form.forms, maxTokens)
      : cleanInput(tokenizer, (name) => knownId(form.specials, name), maxTokens, form.task);
  return (document: Document) => input(document, wants);
}

function knownId(specials: ReadonlyMap<string, number>, name: string): number {
  const id = specials.get(name);
  if (id !== undefined) return id;
  const known = [...specials.keys()].join(", ");
  throw new BioWeftError("MODEL", `the model was trained without "${name}"; it knows ${known}`);
}
