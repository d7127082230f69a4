/**
 * The two sample discoveries, after Swanson 1986 and 1988, as questions; only those whose two ends this graph has.
 */
import { WebNamesDocument } from "../../generated/documents.js";
import { useAnswer } from "../graphql/use-answer.js";
import { discoverHref } from "../navigation/addresses.js";

/** An example question. */
interface Example {
  readonly href: string;
  readonly question: string;
  readonly story: string;
}

const EXAMPLES = [
  {
    from: "MESH:D005395",
    to: "MESH:D011928",
    question: "Why might fish oil help against Raynaud's disease?",
    story:
      "In 1986 Don Swanson noticed that papers on fish oil and papers on Raynaud's disease, none of which cited the other, met in blood viscosity and platelet aggregation.",
  },
  {
    from: "MESH:D008274",
    to: "MESH:D008881",
    question: "Why might magnesium help against migraine?",
    story:
      "In 1988 he found eleven neglected connections between magnesium deficiency and migraine; trials followed.",
  },
];
const CURIES = EXAMPLES.flatMap(({ from, to }) => [from, to]);

/** The examples that can be asked of this graph. */
export function useExamples(): readonly Example[] {
  const names = useAnswer(WebNamesDocument, { curies: CURIES });
  if (names.state !== "ready") return [];
  const there = new Set(names.data.entities.map((entity) => entity?.curie));
  return EXAMPLES.filter(({ from, to }) => there.has(from) && there.has(to)).map(
    ({ from, to, question, story }) => ({ href: discoverHref(from, to), question, story }),
  );
}
