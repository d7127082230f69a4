/**
 * A sentence with both ends of its relation marked: by colour, by underline and for screen readers.
 */
import { type Mark, toPieces } from "./marks.js";

/** What a sentence needs of its evidence row. */
interface SentenceProps {
  readonly evidence: {
    readonly sentence: string;
    readonly mentions: readonly {
      readonly curie: string;
      readonly sentenceStart: number;
      readonly sentenceEnd: number;
    }[];
  };
  /** CURIE of the end that is marked as the first. */
  readonly first: string;
}

/** The marked sentence; says so where no single sentence names both. */
export function Sentence({ evidence, first }: SentenceProps) {
  if (evidence.sentence === "") {
    return (
      <p class="sentence muted">No single sentence of the paper names both; it says so across its text.</p>
    );
  }
  const marks = evidence.mentions.map(
    ({ curie, sentenceStart, sentenceEnd }): Mark => ({
      start: sentenceStart,
      end: sentenceEnd,
      kind: curie === first ? "first" : "second",
    }),
  );
  return (
    <p class="sentence">
      <Marked text={evidence.sentence} marks={marks} />
    </p>
  );
}

/** A text with its marks. */
export function Marked({ text, marks }: { readonly text: string; readonly marks: readonly Mark[] }) {
  return (
    <>
      {toPieces(text, marks).map(({ start, text: piece, kind, title }) =>
        kind === undefined ? (
          piece
        ) : (
          <mark key={start} class={`mark-${kind}`} title={title}>
            {piece}
          </mark>
        ),
      )}
    </>
  );
}
