/**
 * The queue beside the row that is being judged. Which row is in the address; what was judged here stays in the list, with
 * its verdict, until the queue is asked for again.
 */
import { WebCurationTasksDocument } from "../../../generated/documents.js";
import { CuratorBar } from "../../curation/curator-bar.js";
import { TableTools } from "../../files/table-tools.js";
import { param } from "../../navigation/place.js";
import { EntityPicker } from "../../shell/entity-picker.js";
import { Asking, Failed, Missing } from "../../shell/states.js";
import { QUEUE_COLUMNS } from "./queue-columns.js";
import { QueueList } from "./queue-list.js";
import { TaskCard } from "./task-card.js";
import { type Queue, useQueue } from "./use-queue.js";
import { useWork, useWorkKeys, type Work } from "./use-work.js";

/** The queue. */
export function QueueView() {
  const queue = useQueue(param("entity"));
  const work = useWork(queue);
  useWorkKeys(work);
  const { curator, current, judging } = work;
  const tasks = queue.tasks ?? [];
  return (
    <>
      <CuratorBar curator={curator} field={work.nameField} onNamed={work.named} />
      <p class="said" role="status">
        {work.said}
      </p>
      {judging.fault !== undefined && <Failed fault={judging.fault} />}
      <div class="with-side curate">
        <section class="side" aria-label="The queue">
          <EntityPicker name="entity" label="Only relations of" placeholder="any entity" isOptional />
          {queue.tasks !== undefined && (
            <>
              <QueueList tasks={tasks} current={current?.id} judged={work.judged} />
              <TableTools
                title="curation queue"
                document={WebCurationTasksDocument}
                variables={queue.variables}
                columns={QUEUE_COLUMNS}
                all={async () => tasks}
              />
            </>
          )}
        </section>
        <section class="side-main" aria-label="The row to judge">
          <Current queue={queue} work={work} />
        </section>
      </div>
    </>
  );
}

function Current({ queue, work }: { readonly queue: Queue; readonly work: Work }) {
  const { current, fetched } = work;
  if (current !== undefined) {
    const place = (queue.tasks ?? []).find(({ evidence }) => evidence.id === current.id);
    return <TaskCard key={current.id} evidence={current} task={place} work={work} />;
  }
  if (fetched.state === "failed") return <Failed fault={fetched.fault} again={fetched.again} />;
  if (queue.fault !== undefined) return <Failed fault={queue.fault} again={queue.again} />;
  if (param("evidence") !== undefined && fetched.state === "ready") {
    return (
      <Missing
        what="This piece of evidence is not in the graph any more."
        cure="Its paper was read again, or taken out. Choose another from the queue."
      />
    );
  }
  if (queue.tasks === undefined) return <Asking what="the queue" rows={5} />;
  return (
    <Missing
      what="Nothing waits to be judged."
      cure={
        param("entity") === undefined
          ? "What a classifier or PubTator3 extracts comes here, until a curator has judged it; what annotators of a corpus assert does not. Extract a paper to begin."
          : "Nothing that was extracted of this entity waits. Take the entity out to see the whole queue."
      }
    />
  );
}
