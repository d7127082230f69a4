/**
 * Dark or light: the system's choice until the reader chooses. `theme.js` sets it before the first paint.
 */
import { useState } from "preact/hooks";

/** Changes between dark and light. */
export function ThemeButton() {
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === "dark" ? "light" : "dark";
  const change = () => {
    document.documentElement.dataset["theme"] = other;
    try {
      localStorage.setItem("bioweft.theme", other);
    } catch {
      // Storage is closed to this page: the choice lasts until it is left.
    }
    setTheme(other);
  };
  return (
    <button type="button" class="quiet icon-button" onClick={change} title={`Use the ${other} theme`}>
      <span aria-hidden="true">{theme === "dark" ? "☀" : "☾"}</span>
      <span class="visually-hidden">Use the {other} theme</span>
    </button>
  );
}

function currentTheme(): "dark" | "light" {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "dark" || chosen === "light") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
