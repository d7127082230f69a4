/**
 * Says by which name one judges, asks for it once, and where the server wants a key says so and takes it.
 */
import type { Ref } from "preact";
import { useState } from "preact/hooks";
import { KeyForm } from "../shell/key-box.js";
import { Failed } from "../shell/states.js";
import type { Curator } from "./curator.js";

const LONGEST_NAME = 100;

/** The bar. `field` is where a name is asked for, so that a verdict without one can lead there. */
export function CuratorBar(props: {
  readonly curator: Curator;
  readonly field: Ref<HTMLInputElement>;
  /** Heard when the name was given. */
  readonly onNamed: (name: string) => void;
}) {
  const { curator, field, onNamed } = props;
  const { answer, isAllowed, keyName, name } = curator;
  const [isChanging, setChanging] = useState(false);
  if (answer.state === "failed") {
    return (
      <>
        <Failed fault={answer.fault} again={answer.again} />
        {answer.fault.code === "UNAUTHENTICATED" && <KeyForm />}
      </>
    );
  }
  if (answer.state === "asking") return <p class="curator-bar muted">Asking who you are …</p>;
  if (!isAllowed) return <Refused keyName={keyName} />;
  if (keyName !== undefined) {
    return (
      <p class="curator-bar muted">
        You judge as <strong>{keyName}</strong>, by your key.
      </p>
    );
  }
  if (name !== "" && !isChanging) {
    return (
      <p class="curator-bar muted">
        You judge as <strong>{name}</strong>.{" "}
        <button type="button" class="quiet" onClick={() => setChanging(true)}>
          Change the name
        </button>
      </p>
    );
  }
  const named = (given: string) => {
    curator.setName(given);
    setChanging(false);
    onNamed(given);
  };
  return <NameForm field={field} given={name} onNamed={named} />;
}

function NameForm(props: {
  readonly field: Ref<HTMLInputElement>;
  readonly given: string;
  readonly onNamed: (name: string) => void;
}) {
  const [text, setText] = useState(props.given);
  const submit = (event: Event) => {
    event.preventDefault();
    const name = text.replaceAll("|", " ").trim();
    if (name !== "") props.onNamed(name);
  };
  return (
    <form class="curator-bar" onSubmit={submit}>
      <label>
        Your name, as the audit trail keeps it{" "}
        <input
          ref={props.field}
          type="text"
          maxLength={LONGEST_NAME}
          autocomplete="name"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>{" "}
      <button type="submit" disabled={text.trim() === ""}>
        Judge by this name
      </button>
    </form>
  );
}

function Refused({ keyName }: { readonly keyName: string | undefined }) {
  return (
    <div class="notice" role="status">
      <p>
        <strong>
          {keyName === undefined
            ? "This server takes judgements from curators only."
            : `The key “${keyName}” may read, but not judge.`}
        </strong>{" "}
        You can look at the queue and at who judged what. To judge, give a curator's key; your administrator
        makes one with <code>npx bioweft keys create --name YOU --role curator</code>.
      </p>
      <KeyForm />
    </div>
  );
}
