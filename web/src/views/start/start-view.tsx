/**
 * The start page: what is in this graph, the two sample discoveries one click away, what was asked lately.
 */
import {
  WebOverviewDocument,
  type WebOverviewQuery,
  WebTopRelationsDocument,
} from "../../../generated/documents.js";
import { EntityLink, RelationBadge } from "../../evidence/badges.js";
import { BeliefBar } from "../../evidence/belief-bar.js";
import { useAnswer } from "../../graphql/use-answer.js";
import { relationHref } from "../../navigation/addresses.js";
import { useExamples } from "../../questions/examples.js";
import { recentQuestions, savedQuestions, useTitle } from "../../questions/kept-questions.js";
import { Search } from "../../shell/search-box.js";
import { Answered } from "../../shell/states.js";
import { counted, countText, shareText } from "../../words/numbers.js";

/** The view. */
export function StartView() {
  useTitle(undefined, false);
  const overview = useAnswer(WebOverviewDocument, {});
  return (
    <div class="start">
      <section class="hero">
        <h1>What does the literature say, and how sure is it?</h1>
        <p class="lead">
          Relations between genes, diseases and chemicals, read from papers. Every one shows its sentences,
          its papers and how far to believe it.
        </p>
        <Search id="start-search" isLarge />
        <p class="hint">
          <kbd>↓</kbd> offers example questions, <kbd>Enter</kbd> asks, <kbd>/</kbd> comes back here from any
          page.
        </p>
      </section>
      <Examples />
      <section class="panel" aria-labelledby="holds">
        <h2 id="holds">What is in this graph</h2>
        <Answered answer={overview} what="what is in this graph" rows={4}>
          {(data) => <Holdings data={data} />}
        </Answered>
      </section>
      <TopRelations />
      <Kept title="Saved questions" questions={savedQuestions()} />
      <Kept title="Asked lately" questions={recentQuestions()} />
    </div>
  );
}

function Examples() {
  const examples = useExamples();
  return (
    <section class="examples" aria-labelledby="examples">
      <h2 id="examples">Two discoveries to begin with</h2>
      <div class="cards">
        {examples.map(({ href, question, story }) => (
          <a key={href} class="card" href={href}>
            <strong>{question}</strong>
            <span>{story}</span>
          </a>
        ))}
      </div>
    </section>
  );
}

function Holdings({ data: { graphStats, models } }: { readonly data: WebOverviewQuery }) {
  const { publications, relations, evidence, genes, diseases, chemicals, variants } = graphStats;
  if (publications === 0) {
    return (
      <p>
        Nothing yet. Load papers with <code>npx bioweft ingest</code>, or extract one by its PMID.
      </p>
    );
  }
  const figures: readonly (readonly [number, string])[] = [
    [publications, "papers"],
    [relations, "relations"],
    [evidence, "pieces of evidence"],
    [genes, "genes"],
    [diseases, "diseases"],
    [chemicals, "chemicals"],
    [variants, "variants"],
  ];
  return (
    <>
      <dl class="figures">
        {figures.map(([value, name]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{countText(value)}</dd>
          </div>
        ))}
      </dl>
      {models.map(({ name, corpora, devTypedF1 }) => (
        <p key={name} class="muted">
          Read by the classifier <code>{name}</code>, taught on {corpora.join(", ")}
          {devTypedF1 != null &&
            `; on papers that it had not seen, its answers scored ${shareText(devTypedF1)} (F1, 1 is perfect)`}
          .
        </p>
      ))}
    </>
  );
}

function TopRelations() {
  const top = useAnswer(WebTopRelationsDocument, { first: 6 });
  return (
    <section class="panel" aria-labelledby="top">
      <h2 id="top">Most believed relations</h2>
      <Answered answer={top} what="relations" rows={6}>
        {(data) => (
          <ul class="plain top-relations">
            {data.relations.nodes.map((relation) => (
              <li key={relation.id}>
                <span class="pair">
                  <EntityLink entity={relation.subject} /> <RelationBadge type={relation.type} />{" "}
                  <EntityLink entity={relation.object} />
                </span>
                <BeliefBar value={relation.belief} />
                <a href={relationHref(relation.id)}>{counted(relation.papers, "paper")}</a>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </section>
  );
}

function Kept(props: {
  readonly title: string;
  readonly questions: readonly { href: string; title: string }[];
}) {
  if (props.questions.length === 0) return null;
  return (
    <section class="panel">
      <h2>{props.title}</h2>
      <ul class="plain kept">
        {props.questions.map(({ href, title }) => (
          <li key={href}>
            <a href={href}>{title}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
