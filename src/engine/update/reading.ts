/** What an update learns of one file: that it is as it was, that it is left out, or its functions. */
import type { Student } from '../embed/student.ts';
import type { SourceParser } from '../parse/parser.ts';
import type { StoredFile } from '../store/records.ts';
import { readSource } from '../walk/read-source.ts';
import { DEFAULT_MAX_FILE_BYTES, type FoundFile } from '../walk/walk.ts';
import { remembered } from './plan.ts';
import { type PreparedFile, prepareFile } from './prepare.ts';

interface ReadingPlace {
  readonly folder: string;
  readonly student: Student;
}

/** Null for a file that cannot be read: it may be again without having changed, so what is known of it stays. */
export type Reading =
  | { readonly file: PreparedFile; readonly isParsed: boolean }
  | { readonly touched: FoundFile }
  | null;

export async function readFile(
  { folder, student }: ReadingPlace,
  parser: SourceParser,
  found: FoundFile,
  stored: StoredFile | undefined,
): Promise<Reading> {
  // Before it is read: a change during the reading is one in the same tick.
  const file = remembered(found, Date.now());
  const source = await readSource(folder, found.path, DEFAULT_MAX_FILE_BYTES);
  if (!('skip' in source)) {
    if (stored?.hash === source.hash) return { touched: file };
    return { file: await prepareFile(parser, student.codeTemplate, file, source), isParsed: true };
  }
  if (source.skip.code === 'unreadable') return null;
  // Remembered, so that it is not read again until it changes.
  return { file: { ...file, hash: '', language: '', skip: source.skip.code, functions: [] }, isParsed: false };
}
