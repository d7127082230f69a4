/**
 * What judging goes by, whatever is judged: by which name, with which words, what may be corrected to what.
 */
import type { CurationCorrection, CurationVerdict } from "../../core/curation/curation.js";
import { BioWeftError } from "../../core/errors.js";
import { readCurations } from "../../graph/read/read-curations.js";
import { knownEntity } from "../graph/lookup.js";
import type { ApiContext } from "../platform/context.js";
import { refusal } from "../platform/refusal.js";
import { type CorrectionInput, CurationEntry } from "./curation.type.js";

/** The longest comment and name, in characters. */
const LONGEST_COMMENT = 2_000;
const LONGEST_NAME = 100;
const ALL = { evidence: null, pmid: null, curator: null, held: null };

/** A judgement as it was kept. */
export async function curationOf({ database }: ApiContext, id: string): Promise<CurationEntry> {
  const [found] = await readCurations(database, ALL, { limit: 1, after: null }, id);
  if (found !== undefined) return new CurationEntry(found);
  throw new BioWeftError("INTERNAL", `judgement ${id} was written and is not there`);
}

/** Whoever is known is named so, so that nobody judges in another's name. Throws FORBIDDEN for another name. */
export function curatorOf({ caller }: ApiContext, curator: string): string {
  if (caller.isAnonymous) return named(curator);
  if (curator.trim() === caller.name) return caller.name;
  throw refusal("FORBIDDEN", `you are known as "${caller.name}"; give that name as curator`);
}

/** The comment, null where there is none. Throws BAD_INPUT for one that is too long. */
export function checkedComment(comment: string | null | undefined): string | null {
  if (comment == null || comment.length <= LONGEST_COMMENT) return comment ?? null;
  throw new BioWeftError(
    "BAD_INPUT",
    `the comment has ${comment.length} characters; give at most ${LONGEST_COMMENT}`,
  );
}

function named(curator: string): string {
  const name = curator.trim();
  if (name !== "" && name.length <= LONGEST_NAME && !name.includes("|")) return name;
  throw new BioWeftError(
    "BAD_INPUT",
    `give the curator's name in 1 to ${LONGEST_NAME} characters, without "|"`,
  );
}

/** The correction with known ends; null where there is none. Throws BAD_INPUT for one that says nothing, or is out of place. */
export async function checkedCorrection(
  context: ApiContext,
  verdict: CurationVerdict,
  asked: CorrectionInput | null | undefined,
  ends: readonly [string, string],
): Promise<CurationCorrection | null> {
  const said = Object.values(asked ?? {}).some((value) => value != null);
  if (said !== (verdict === "correct")) {
    throw new BioWeftError(
      "BAD_INPUT",
      "give `correction` with CORRECT, with something to correct, and not otherwise",
    );
  }
  if (asked == null || !said) return null;
  const known = async (curie: string | null | undefined) =>
    // An end of the row itself need not be asked for: it may only come with it.
    curie == null || ends.includes(curie) ? (curie ?? undefined) : (await knownEntity(context, curie)).curie;
  const [subject, object, acts] = await Promise.all([
    known(asked.subject),
    known(asked.object),
    known(asked.acts),
  ]);
  const now = [subject ?? ends[0], object ?? ends[1]];
  if (now[0] === now[1])
    throw new BioWeftError("BAD_INPUT", "both ends are one entity; a relation needs two");
  if (acts !== undefined && !now.includes(acts)) {
    throw new BioWeftError(
      "BAD_INPUT",
      `${acts} is no end of the relation; \`acts\` names one of ${now.join(" and ")}`,
    );
  }
  return { type: asked.type ?? undefined, subject, object, acts };
}
