/**
 * Where a curator's key is given, for servers that ask for one. It stays in this browser.
 */
import { useState } from "preact/hooks";
import { forget } from "../graphql/client.js";
import { storedKey, storeKey } from "../graphql/sign-in.js";

/** A line that opens a field for the key. */
export function KeyBox() {
  const [key, setKey] = useState(storedKey() ?? "");
  const [isKept, setKept] = useState(storedKey() !== undefined);
  const submit = (event: Event) => {
    event.preventDefault();
    storeKey(key.trim());
    setKept(key.trim() !== "");
    forget();
  };
  return (
    <details class="key-box">
      <summary>{isKept ? "Signed in with a key" : "Curator's key"}</summary>
      <form onSubmit={submit}>
        <label>
          Key that your administrator gave you{" "}
          <input
            type="password"
            autocomplete="off"
            value={key}
            onInput={(event) => setKey(event.currentTarget.value)}
          />
        </label>
        <button type="submit">{key.trim() === "" ? "Sign out" : "Keep in this browser"}</button>
      </form>
    </details>
  );
}
