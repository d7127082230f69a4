/**
 * Discovery: what an entity may be related to though no paper says so (open), or why two may be (closed).
 */
import { param, usePlace } from "../../navigation/place.js";
import { useExamples } from "../../questions/examples.js";
import { useTitle } from "../../questions/kept-questions.js";
import { EntityPicker } from "../../shell/entity-picker.js";
import { SaveQuestion } from "../../shell/save-question.js";
import { ClosedAnswer } from "./closed-answer.js";
import { DiscoveryFilter } from "./discovery-filter.js";
import { OpenAnswer } from "./open-answer.js";

/** The view. */
export function DiscoverView() {
  usePlace();
  const from = param("from");
  const to = param("to");
  return (
    <>
      <form class="question" onSubmit={(event) => event.preventDefault()} aria-label="The question">
        <EntityPicker name="from" label="Why might" placeholder="fish oil" />
        <EntityPicker name="to" label="be related to" placeholder="anything, or one thing" isOptional />
        {from !== undefined && <DiscoveryFilter isOpen={to === undefined} />}
        {from !== undefined && <SaveQuestion />}
      </form>
      {from === undefined && <Introduction />}
      {from !== undefined && to !== undefined && <ClosedAnswer key={`${from} ${to}`} from={from} to={to} />}
      {from !== undefined && to === undefined && <OpenAnswer key={from} from={from} />}
    </>
  );
}

function Introduction() {
  useTitle("Discover", false);
  const examples = useExamples();
  return (
    <div class="prose">
      <h1>Discover what no paper says yet</h1>
      <p>
        Two things that no paper relates may share what they are related to: their linking terms. Choose one
        thing to see candidates, or two to see why they might be related, with the sentences on both sides.
      </p>
      <ul>
        {examples.map(({ href, question }) => (
          <li key={href}>
            <a href={href}>{question}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
