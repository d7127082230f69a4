/**
 * How reliable the graph takes each kind of source to be.
 */
import type { Reliability } from "./decompose.js";

/** The API's documented figures; the ladder shows a difference where they give another belief. */
export const RELIABILITY: Reliability = { CURATOR: 0.99, CORPUS: 0.95, PUBTATOR3: 0.8, MODEL: 0.9 };
