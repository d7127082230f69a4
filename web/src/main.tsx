/**
 * The page's start: follows links, then draws the shell, which draws the view that the address names.
 */
import { render } from "preact";
import { App } from "./app.js";
import { followLinks } from "./navigation/place.js";
import "./style/tokens.css";
import "./style/shell.css";
import "./style/content.css";
import "./style/curation.css";
import "./style/print.css";

followLinks();
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
