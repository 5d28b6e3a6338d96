/**
 * What the refiner reads of a file's functions: kept by the update that has embedded them, or made anew, read → parse →
 * embed. A file that is no longer what the index knows has nothing to read: the next update will see to it.
 */
import type { Refiner } from '../embed/refiner.ts';
import type { Entry } from '../embed/refiner-runs.ts';
import type { Student } from '../embed/student.ts';
import type { SourceParser } from '../parse/parser.ts';
import type { WaitingFile, WaitingFunction } from '../store/records.ts';
import { dequantise, quantise } from '../vectors/quantise.ts';
import { readSource } from '../walk/read-source.ts';
import { DEFAULT_MAX_FILE_BYTES } from '../walk/walk.ts';
import type { KeptEntries } from './kept-entries.ts';
import { textsOf } from './prepare.ts';

export interface EntrySources {
  readonly folder: string;
  readonly parser: SourceParser;
  readonly student: Student;
  readonly entriesOf: Refiner['entriesOf'];
  readonly kept: Pick<KeptEntries, 'get'>;
}

export interface EnteredFunction extends WaitingFunction {
  readonly entry: Entry;
}

/** Those of a file's waiting functions that the refiner can read: one whose text is not found again is left out. */
export async function enteredOf(
  sources: EntrySources,
  file: WaitingFile,
  waiting: readonly WaitingFunction[],
): Promise<readonly EnteredFunction[]> {
  const kept = waiting.flatMap((fn) => {
    const entry = sources.kept.get(fn.contentHash);
    return entry ? [{ ...fn, entry }] : [];
  });
  if (kept.length === waiting.length) return kept;
  return readIn(sources, file, waiting);
}

async function readIn(
  sources: EntrySources,
  { path, hash }: WaitingFile,
  waiting: readonly WaitingFunction[],
): Promise<readonly EnteredFunction[]> {
  const source = await readSource(sources.folder, path, DEFAULT_MAX_FILE_BYTES);
  if ('skip' in source || source.hash !== hash) return [];
  const { functions } = await textsOf(sources.parser, sources.student.codeTemplate, path, source);
  const texts = new Map(functions.map(({ contentHash, text }) => [contentHash, text]));
  const found = waiting.filter(({ contentHash }) => texts.has(contentHash));
  const entries = await embedded(
    sources,
    found.map(({ contentHash }) => texts.get(contentHash)!),
  );
  return found.map((fn, i) => ({ ...fn, entry: entries[i]! }));
}

/** On the student's vectors as they are stored, so that it makes no difference whether they were kept. */
async function embedded({ student, entriesOf }: EntrySources, texts: readonly string[]): Promise<readonly Entry[]> {
  const vectors = await student.embedCode(texts);
  const bases = vectors.map((vector) => dequantise(quantise(vector)));
  return entriesOf(texts, bases);
}
