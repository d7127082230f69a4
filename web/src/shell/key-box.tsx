/**
 * Where a curator's key is given, for servers that ask for one. It stays in this browser.
 */
import { useState } from "preact/hooks";
import { forget } from "../graphql/client.js";
import { storedKey, storeKey } from "../graphql/sign-in.js";

/** A line that opens a field for the key. */
export function KeyBox() {
  const [isKept, setKept] = useState(storedKey() !== undefined);
  return (
    <details class="key-box">
      <summary>{isKept ? "Signed in with a key" : "Curator's key"}</summary>
      <KeyForm onKept={setKept} />
    </details>
  );
}

/** The field; empty signs out. */
export function KeyForm({ onKept }: { readonly onKept?: (isKept: boolean) => void }) {
  const [key, setKey] = useState(storedKey() ?? "");
  const submit = (event: Event) => {
    event.preventDefault();
    storeKey(key.trim());
    onKept?.(key.trim() !== "");
    forget();
  };
  return (
    <form class="key-form" onSubmit={submit}>
      <label>
        Key that your administrator gave you{" "}
        <input
          type="password"
          autocomplete="off"
          value={key}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
      </label>{" "}
      <button type="submit">{key.trim() === "" ? "Sign out" : "Keep in this browser"}</button>
    </form>
  );
}
