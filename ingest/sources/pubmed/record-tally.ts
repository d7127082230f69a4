/**
 * What came of PubMed's records, counted: nothing is left out in silence.
 */
import { type PubMedRecord, RECORD_REMARKS, type RecordRemark } from "../../formats/pubmed/pubmed-record.js";
import type { PubMedItem } from "../../formats/pubmed/pubmed-xml.js";

/** Counts records and says what they were. */
interface RecordTally {
  add(item: PubMedItem): void;
  /** `records`, `deletions`, and the remarks by their names. */
  counts(): Record<string, number>;
  notes(): string[];
}

/** Starts a tally. */
export function recordTally(): RecordTally {
  let [records, deletions] = [0, 0];
  const remarks = new Map<RecordRemark, number>();
  return {
    add(item) {
      if (item.kind === "deletion") deletions += item.pmids.length;
      else {
        records += 1;
        note(item);
      }
    },
    counts: () => ({ records, deletions, ...Object.fromEntries(remarks) }),
    notes: () => [
      `${records} records and ${deletions} deletions were read`,
      ...[...remarks].map(([remark, count]) => `${count} of the records ${RECORD_REMARKS[remark]}`),
    ],
  };

  function note({ remarks: said }: PubMedRecord): void {
    for (const remark of said) remarks.set(remark, (remarks.get(remark) ?? 0) + 1);
  }
}
