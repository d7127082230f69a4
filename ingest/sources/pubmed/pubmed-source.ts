/**
 * PubMed's baseline and update files as a source. They are read twice: to check every file whole and to find out which
 * version of each paper is the last, before anything is started; then for those versions alone. Reading is a small part
 * of what a run costs, and a classifier must not read what a later file takes back.
 */
import type { SourceItem, VersionRank } from "../../../src/core/sources/source-item.js";
import type { PubMedItem } from "../../formats/pubmed/pubmed-xml.js";
import { readPubMedXml } from "../../formats/pubmed/pubmed-xml.js";
import type { LiteratureSource, SourceState } from "../source.js";
import { checkMd5, fileRank, missingFiles, pubMedFiles } from "./baseline-files.js";
import { LastVersions } from "./last-versions.js";
import { recordTally } from "./record-tally.js";

/** Folders, or single files. */
interface PubMedPaths {
  /** Every paper once: versions of it in the graph that updates brought are later. */
  readonly baseline?: string;
  readonly updates?: string;
}

interface NamedFile {
  readonly file: string;
  readonly rank?: string;
  readonly isBase: boolean;
}

/** Makes the source; nothing is opened before it is checked. */
export function pubMedSource(paths: PubMedPaths): LiteratureSource {
  const tally = recordTally();
  const last = new LastVersions();
  const said: string[] = [];
  let files: readonly NamedFile[] = [];
  let superseded = 0;

  return {
    async check(state) {
      files = await listFiles(paths);
      const missing = missingFiles(files.map(({ file }) => file));
      if (missing.length > 0) said.push(`missing between the files: ${missing.join(", ")}`);
      const unchecked = await noteFiles(files, state, (item, index) => {
        tally.add(item);
        if (item.kind === "record")
          last.note({ pmid: item.document.pmid, file: index, version: item.version });
        else for (const pmid of item.pmids) last.note({ pmid, file: index, version: "deleted" });
      });
      if (unchecked > 0)
        said.push(`${unchecked} files have no .md5 beside them, and were not checked against it`);
    },
    async *items({ signal }) {
      for (const [index, { file, rank, isBase }] of files.entries()) {
        // What is broken was reported when the file was checked.
        for await (const item of readPubMedXml(file, { skipBad: true })) {
          signal.throwIfAborted();
          for (const told of itemsOf(item, rank, isBase)) {
            const version = told.kind === "deletion" ? "deleted" : item.kind === "record" ? item.version : 1;
            const pmid = told.kind === "deletion" ? told.pmid : told.document.pmid;
            if (last.isLast({ pmid, file: index, version })) yield told;
            else superseded += 1;
          }
        }
      }
    },
    counts: () => ({ ...tally.counts(), superseded }),
    notes: () => [...said, ...tally.notes(), `${superseded} of them were superseded by later ones`],
  };
}

/** Baseline before updates. Throws NOT_FOUND for a folder that has none. */
async function listFiles({ baseline, updates }: PubMedPaths): Promise<NamedFile[]> {
  const first = baseline === undefined ? [] : await pubMedFiles(baseline);
  const then = updates === undefined ? [] : await pubMedFiles(updates);
  return [...first, ...then].map((file, index) => {
    const rank = fileRank(file);
    return { file, isBase: index < first.length, ...(rank === undefined ? {} : { rank }) };
  });
}

/** Checks and reads all files; how many could not be checked against an md5. */
async function noteFiles(
  files: readonly NamedFile[],
  { reading, signal, showProgress }: SourceState,
  note: (item: PubMedItem, index: number) => void,
): Promise<number> {
  const progress = showProgress("check PubMed", "files", files.length);
  let unchecked = 0;
  try {
    for (const [index, { file }] of files.entries()) {
      if (!(await checkMd5(file))) unchecked += 1;
      for await (const item of readPubMedXml(file, reading)) {
        signal.throwIfAborted();
        note(item, index);
      }
      progress.update(index + 1);
    }
  } finally {
    progress.stop();
  }
  return unchecked;
}

/** A file's item as a source gives it. */
export function itemsOf(item: PubMedItem, file?: string, isBase = false): SourceItem[] {
  const ranked = (version: number): { rank?: VersionRank } =>
    file === undefined ? {} : { rank: { file, version } };
  if (item.kind === "deletion") {
    // A deletion is behind all versions of its file.
    return item.pmids.map((pmid) => ({ kind: "deletion", pmid, ...ranked(Number.MAX_SAFE_INTEGER) }));
  }
  const { document, version, remarks } = item;
  const unread = remarks.includes("retraction-notice") ? { unread: true as const } : {};
  const base = isBase ? { isBase: true as const } : {};
  return [{ kind: "document", document, ...ranked(version), ...base, ...unread }];
}
