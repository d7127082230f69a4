/**
 * PubMed by query or by a list of PMIDs as a source, over E-utilities. The query is asked beforehand, so that one that is
 * refused, or finds nothing, is told at once.
 */
import { BioWeftError } from "../../../src/core/errors.js";
import type { SourceItem } from "../../../src/core/sources/source-item.js";
import type { PubMedItem } from "../../formats/pubmed/pubmed-xml.js";
import { readPmids } from "../papers/pmid-list.js";
import { itemsOf } from "../pubmed/pubmed-source.js";
import { recordTally } from "../pubmed/record-tally.js";
import type { LiteratureSource, SourceState } from "../source.js";
import type { EutilsClient } from "./client.js";
import { searchWhole } from "./large-searches.js";

/** The papers that a query of PubMed's finds. */
export function querySource(client: EutilsClient, query: string): LiteratureSource {
  return eutilsSource(
    async ({ signal }, said) => {
      const { count, ignored } = await client.search(query, undefined, signal);
      if (count === 0)
        throw new BioWeftError("NOT_FOUND", `PubMed finds nothing for "${query}"; check the query`);
      if (ignored.length > 0)
        said.push(`PubMed does not know, and left out of the query: ${ignored.join(", ")}`);
      said.push(`the query finds ${count} papers`);
      return count;
    },
    async function* ({ reading, signal }) {
      for await (const found of searchWhole(client, query, signal))
        yield* client.fetchFound(found, reading, signal);
    },
  );
}

/** The papers of a file of PMIDs, one a line; what stands behind white space or # is not read. */
export function pmidsSource(client: EutilsClient, file: string): LiteratureSource {
  let pmids: readonly string[] = [];
  return eutilsSource(
    async () => {
      pmids = await readPmids(file);
      return pmids.length;
    },
    ({ reading, signal }) => client.fetchPmids(pmids, reading, signal),
  );
}

function eutilsSource(
  check: (state: SourceState, said: string[]) => Promise<number>,
  read: (state: SourceState) => AsyncIterable<PubMedItem>,
): LiteratureSource {
  const tally = recordTally();
  const said: string[] = [];
  const given = new Set<string>();
  let wanted = 0;
  return {
    async check(state) {
      wanted = await check(state, said);
    },
    async *items(state): AsyncGenerator<SourceItem> {
      for await (const item of read(state)) {
        // Parts of a search may name a paper twice.
        if (item.kind === "record" && given.has(item.document.pmid)) continue;
        if (item.kind === "record") given.add(item.document.pmid);
        tally.add(item);
        yield* itemsOf(item);
      }
    },
    counts: () => ({ ...tally.counts(), wanted, notGiven: Math.max(0, wanted - given.size) }),
    notes: () => [...said, ...tally.notes(), ...notGiven(wanted - given.size)],
  };
}

function notGiven(count: number): string[] {
  return count > 0 ? [`${count} papers were asked for and not given: PubMed does not know them`] : [];
}
