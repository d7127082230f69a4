/**
 * One row of evidence: who says so, in which paper, in which sentence, and everything that weakens or qualifies it.
 */
import type { GraphEvidenceFragment } from "../../generated/documents.js";
import { isPubmed, publicationHref, pubmedHref } from "../navigation/addresses.js";
import { shareText } from "../words/numbers.js";
import { SourceBadge } from "./badges.js";
import { Sentence } from "./sentence.js";

/** The row. `first` is the CURIE of the end that is marked as the first. */
export function EvidenceCard({
  evidence,
  first,
}: {
  readonly evidence: GraphEvidenceFragment;
  readonly first: string;
}) {
  const { publication, pmid, negated } = evidence;
  const isVoid = publication.retracted || negated;
  return (
    <article class={isVoid ? "evidence evidence-void" : "evidence"}>
      <Sentence evidence={evidence} first={first} />
      <p class="evidence-facts">
        <SourceBadge kind={evidence.sourceKind} source={evidence.source} />
        <Flags evidence={evidence} />
        {evidence.sourceKind === "MODEL" && (
          <span title="Calibrated: of rows with this probability, about that share is right.">
            probability {shareText(evidence.probability)}
          </span>
        )}
        <a href={publicationHref(pmid)} title={publication.title}>
          {[publication.journal, evidence.year].filter((part) => part != null).join(", ") || "paper"}
        </a>
        <PaperLink pmid={pmid} />
      </p>
    </article>
  );
}

/** The paper at PubMed; a text that a curator pasted is nowhere else. */
function PaperLink({ pmid }: { readonly pmid: string }) {
  if (!isPubmed(pmid)) return <span title={pmid}>a text that was pasted here</span>;
  return (
    <a href={pubmedHref(pmid)} target="_blank" rel="noreferrer">
      PMID {pmid}
      <span class="visually-hidden"> at PubMed, in a new tab</span>
      <span aria-hidden="true"> ↗</span>
    </a>
  );
}

/** Retraction, denial, novelty and direction, where they are known. */
function Flags({ evidence }: { readonly evidence: GraphEvidenceFragment }) {
  const { publication, negated, novelty, subject } = evidence;
  return (
    <>
      {publication.retracted && (
        <strong class="flag flag-bad" title="The paper was withdrawn; its evidence counts nothing.">
          Retracted paper
        </strong>
      )}
      {negated && (
        <strong class="flag flag-bad" title="The text denies the relation; it counts nothing for it.">
          Denies it
        </strong>
      )}
      {novelty != null && (
        <span
          class="flag"
          title="Whether the paper claims this as its own finding, or states what was known."
        >
          {novelty.novel ? "own finding" : "known before"}
        </span>
      )}
      {subject != null && (
        <span class="flag" title="Which of the two acts on the other, as this paper says.">
          {subject.name} acts
        </span>
      )}
    </>
  );
}
