/**
 * Single keys as commands, outside of fields: they act only while the reader is in the view's own part of the page.
 */
import { useEffect, useRef } from "preact/hooks";

/** Whether what is typed there is text. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const field = target.closest("input, textarea, select");
  return field !== null && !(field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type));
}

/** Runs the command of a key; `commands` are by `KeyboardEvent.key`, letters in lower case. */
export function useKeys(commands: Readonly<Record<string, (() => void) | undefined>>): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(target))
        return;
      const isHere =
        target === document.body || (target instanceof Element && target.closest("main") !== null);
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const command = isHere ? latest.current[key] : undefined;
      if (command === undefined) return;
      event.preventDefault();
      command();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
