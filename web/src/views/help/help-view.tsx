/**
 * How to read the page: every word and number that it uses, and the keys.
 */
import { useTitle } from "../../questions/kept-questions.js";
import { ENTITY_WORDS, RELATION_WORDS, SOURCE_WORDS } from "../../words/vocabulary.js";

/** The view. */
export function HelpView() {
  useTitle("How to read this page", false);
  return (
    <div class="prose">
      <h1>How to read this page</h1>
      <Numbers />
      <Words title="Relations" words={RELATION_WORDS} />
      <Words title="Kinds of entity" words={ENTITY_WORDS} />
      <Words title="Who says so" words={SOURCE_WORDS} />
      <Keys />
    </div>
  );
}

function Words(props: {
  readonly title: string;
  readonly words: Readonly<Record<string, { label: string; meaning: string }>>;
}) {
  return (
    <>
      <h2>{props.title}</h2>
      <dl>
        {Object.values(props.words).map(({ label, meaning }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Numbers() {
  return (
    <>
      <h2>The numbers</h2>
      <dl>
        <dt>Belief</dt>
        <dd>
          How sure the papers together make a relation, from 0 to 1. Each paper counts once, by its best
          evidence: how probable that is, times how reliable such a source is. Belief is one minus the product
          of what each paper leaves in doubt, so two independent papers make a relation surer than one. A
          relation's page works it out paper by paper.
        </dd>
        <dt>Probability</dt>
        <dd>
          How sure the classifier is of one piece of evidence. It is calibrated: of many rows with probability
          0.8, about eight in ten are right.
        </dd>
        <dt>Degree</dt>
        <dd>
          How many other entities something is related to. What is related to everything links everything to
          everything.
        </dd>
        <dt>As of a year</dt>
        <dd>
          The slider at the top asks everything as it was known at the end of that year: only papers published
          by then count, and papers without a year do not. Search finds the names of today and counts the
          relations of then; the counts on the start page are of today.
        </dd>
        <dt>Linking term</dt>
        <dd>
          Something that two others, which no paper relates, are both related to. If fish oil lowers blood
          viscosity, and blood viscosity is raised in Raynaud's disease, then it links the two.
        </dd>
      </dl>
    </>
  );
}

function Keys() {
  return (
    <>
      <h2>Keys</h2>
      <dl class="keys">
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>to the search field</dd>
        <dt>
          <kbd>↓</kbd> <kbd>↑</kbd> <kbd>Enter</kbd>
        </dt>
        <dd>choose among suggestions; in an empty field they are the example questions</dd>
        <dt>
          <kbd>A</kbd> <kbd>R</kbd> <kbd>F</kbd> <kbd>U</kbd>
        </dt>
        <dd>where one judges: accept, reject, fix, undo</dd>
        <dt>
          <kbd>J</kbd> <kbd>K</kbd> <kbd>C</kbd>
        </dt>
        <dd>there too: the next row, the one before, and why</dd>
        <dt>
          <kbd>Tab</kbd>
        </dt>
        <dd>to everything else, in the order of the page</dd>
      </dl>
    </>
  );
}
