/**
 * A snapshot with some files replaced by what editors hold of them: one small segment on top, and the rows of those files
 * taken for gone below it, so that ranking needs to know nothing of it. Lives in memory alone.
 */
import { encodeTerms } from '../../core/lexical/term-blob.ts';
import { Snapshot } from '../search/snapshot.ts';
import { partOf, partWithout, type SnapshotPart } from '../search/snapshot-part.ts';
import { previewOf } from '../store/commit.ts';
import type { FileRow } from '../store/file-table.ts';
import type { SegmentRow, StoredContent } from '../store/function-table.ts';
import type { IndexReader } from '../store/index-reader.ts';
import { type FunctionRecord, KINDS, type StoredFunction } from '../store/records.ts';
import { type Segment, segmentOf } from '../store/segment.ts';

export interface UnsavedFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly language: string;
  readonly functions: readonly FunctionRecord[];
}

/** What one search sees: rows, and what is known of them. */
export interface Searched {
  readonly snapshot: Snapshot;
  readonly index: IndexReader;
}

/** The store's own ids, of functions, files and terms, never come as far. */
const FIRST_UNSAVED_ID = 2 ** 31;

interface UnsavedRow {
  readonly id: number;
  readonly fileId: number;
  readonly record: FunctionRecord;
}

export function overlaid(base: Snapshot, store: IndexReader, files: readonly UnsavedFile[]): Searched {
  const fileRows = files.map(({ path, language }, i): FileRow => ({ id: FIRST_UNSAVED_ID + i, path, language }));
  const rows = files
    .flatMap(({ functions }, file) => functions.map((record) => ({ fileId: fileRows[file]!.id, record })))
    .map((row, i): UnsavedRow => ({ ...row, id: FIRST_UNSAVED_ID + i }));
  const { ids, added } = termIdsFor(store, rows);
  const dimensions = rows[0]?.record.vector.length;
  const top = dimensions === undefined ? [] : [partOf(segmentFor(rows, ids, dimensions), null)];
  const parts = [...base.parts.map((part) => without(part, idsOf(base, files))), ...top];
  const allFiles = new Map([...base.files, ...fileRows.map((row) => [row.id, row] as const)]);
  return {
    snapshot: new Snapshot(base.generation, parts, allFiles),
    index: readerOver(store, files, rows, { ids, added }),
  };
}

/** File ids that the index has for the paths of `files`. */
function idsOf({ files: known }: Snapshot, files: readonly UnsavedFile[]): ReadonlySet<number> {
  const paths = new Set(files.map(({ path }) => path));
  const ids = new Set<number>();
  for (const { id, path } of known.values()) if (paths.has(path)) ids.add(id);
  return ids;
}

/** The same part without the rows of these files. */
function without(part: SnapshotPart, files: ReadonlySet<number>): SnapshotPart {
  const rows: number[] = [];
  part.segment.fileIds.forEach((id, row) => {
    if (files.has(id)) rows.push(row);
  });
  return rows.length > 0 ? partWithout(part, rows) : part;
}

/** Term → id, of all terms of some rows; `added`: those that the index has none for. */
type RowTerms = Readonly<Record<'ids' | 'added', ReadonlyMap<string, number>>>;

function termIdsFor(store: IndexReader, rows: readonly UnsavedRow[]): RowTerms {
  const terms = new Set(rows.flatMap(({ record }) => [...record.terms.keys()]));
  const ids = store.termIds([...terms]);
  const added = new Map<string, number>();
  for (const term of terms) if (!ids.has(term)) added.set(term, FIRST_UNSAVED_ID + added.size);
  return { ids: new Map([...ids, ...added]), added };
}

/** Postings are made over small numbers in the ids' order, and only then named by the ids: the highest would be too large. */
function segmentFor(rows: readonly UnsavedRow[], ids: ReadonlyMap<string, number>, dimensions: number): Segment {
  const ordered = Uint32Array.from(ids.values()).sort();
  const placeOfId = new Map(Array.from(ordered, (id, place) => [id, place]));
  const segment = segmentOf(
    rows.map(({ id, fileId, record }): SegmentRow => {
      const { fn, vector, terms } = record;
      const places = Array.from(terms.keys(), (term) => placeOfId.get(ids.get(term)!)!);
      return {
        id,
        file_id: fileId,
        kind: KINDS.indexOf(fn.kind),
        vector: bytesOf(vector),
        terms: encodeTerms(places, [...terms.values()]),
      };
    }),
    dimensions,
  );
  const terms = segment.postings.terms.map((place) => ordered[place]!);
  return { ...segment, postings: { ...segment.postings, terms } };
}

function readerOver(
  store: IndexReader,
  files: readonly UnsavedFile[],
  rows: readonly UnsavedRow[],
  { ids, added }: RowTerms,
): IndexReader {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const pathOf = new Map(files.map(({ path }, i) => [FIRST_UNSAVED_ID + i, path]));
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const own = new Map(rows.map((row) => [row.id, functionOf(row, byPath.get(pathOf.get(row.fileId)!)!)]));
  return {
    termIds: (terms) => {
      const found = store.termIds(terms.filter((term) => !added.has(term)));
      for (const term of terms) if (added.has(term)) found.set(term, added.get(term)!);
      return found;
    },
    termsNear: (start, like, shortest, longest) => {
      const isNear = (term: string): boolean =>
        term.startsWith(start) && term.length >= shortest && term.length <= longest;
      return [...store.termsNear(start, like, shortest, longest), ...[...added.keys()].filter(isNear)];
    },
    functions: (asked) => {
      const stored = store.functions(asked.filter((id) => id < FIRST_UNSAVED_ID));
      const known = new Map(stored.map((fn) => [fn.id, fn]));
      return asked.flatMap((id) => known.get(id) ?? own.get(id) ?? []);
    },
    contents: (asked) => {
      const found = store.contents(asked.filter((id) => id < FIRST_UNSAVED_ID));
      for (const row of asked.flatMap((id) => rowOf.get(id) ?? [])) found.set(row.id, contentOf(row, ids));
      return found;
    },
    fileHash: (path) => store.fileHash(path),
    unsavedText: (path) => byPath.get(path)?.text,
  };
}

function functionOf({ id, record: { fn } }: UnsavedRow, { path, language }: UnsavedFile): StoredFunction {
  const { kind, name, qualifiedName, startLine, endLine, part } = fn;
  return { id, path, language, kind, name, qualifiedName, preview: previewOf(fn), startLine, endLine, part };
}

function contentOf({ record: { vector, terms } }: UnsavedRow, ids: RowTerms['ids']): StoredContent {
  const named = Array.from(terms.keys(), (term) => ids.get(term)!);
  return { vector: bytesOf(vector), terms: encodeTerms(named, [...terms.values()]) };
}

const bytesOf = (vector: Int8Array): Uint8Array => new Uint8Array(vector.buffer, vector.byteOffset, vector.length);
