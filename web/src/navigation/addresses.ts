/**
 * The addresses of the views, each in one place: a CURIE or an id is spelt the same in all of them.
 */
import { type Changes, hrefTo } from "./place.js";

/** An entity's view. */
export function entityHref(curie: string, params: Changes = {}): string {
  return hrefTo(`/entity/${encodeURIComponent(curie).replaceAll("%3A", ":")}`, params);
}

/** A relation's view. */
export function relationHref(id: string): string {
  return hrefTo(`/relation/${encodeURIComponent(id)}`);
}

/** A publication's view. */
export function publicationHref(pmid: string): string {
  return hrefTo(`/publication/${encodeURIComponent(pmid)}`);
}

/** The discovery view: open from one entity, closed between two. */
export function discoverHref(from?: string, to?: string, params: Changes = {}): string {
  return hrefTo("/discover", { from, to, ...params });
}

/** The same publication at PubMed. */
export function pubmedHref(pmid: string): string {
  return `https://pubmed.ncbi.nlm.nih.gov/${encodeURIComponent(pmid)}/`;
}

/** Whether a publication is a paper of PubMed, and no text of a curator's own. */
export function isPubmed(pmid: string): boolean {
  return /^\d+$/.test(pmid);
}
