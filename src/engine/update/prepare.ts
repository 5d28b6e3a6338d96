/** One file's bytes → its record for the index, all but the vectors. */
import { createHash } from 'node:crypto';
import type { CodeFunction } from '../../core/code-function.ts';
import { type FieldTerms, fieldTerms } from '../../core/lexical/fields.ts';
import { termsOf } from '../../core/lexical/terms.ts';
import { codeText } from '../../core/student/template.ts';
import type { SourceParser } from '../parse/parser.ts';
import type { FileRecord } from '../store/records.ts';
import type { Source } from '../walk/read-source.ts';
import type { FoundFile } from '../walk/walk.ts';

/** A function with what the index needs of it besides its vector. */
export interface PreparedFunction {
  readonly fn: CodeFunction;
  /** What the student reads. */
  readonly text: string;
  /** Of `text`: equal hashes have equal vectors. */
  readonly contentHash: string;
  readonly terms: FieldTerms;
}

export interface PreparedFile extends Omit<FileRecord, 'functions'> {
  readonly functions: readonly PreparedFunction[];
}

export async function prepareFile(
  parser: SourceParser,
  template: string,
  file: FoundFile,
  source: Source,
): Promise<PreparedFile> {
  const { language, functions } = await textsOf(parser, template, file.path, source);
  const pathTerms = termsOf(file.path);
  return {
    ...file,
    hash: source.hash,
    language,
    skip: null,
    functions: functions.map((it) => ({ ...it, terms: fieldTerms(it.fn, pathTerms) })),
  };
}

/** What a student reads of one file's functions. */
export async function textsOf(
  parser: SourceParser,
  template: string,
  path: string,
  source: Source,
): Promise<{ language: string; functions: Omit<PreparedFunction, 'terms'>[] }> {
  const { language, functions } = await parser.parse(path, source.text);
  const withText = functions.map((fn) => {
    const text = codeText(template, path, fn);
    return { fn, text, contentHash: hashOf(text) };
  });
  return { language, functions: withText };
}

/** Of the 160 bits 120, which no two texts of one index will have in common, nor those of a million. */
const hashOf = (text: string): string => createHash('sha1').update(text).digest('base64url').slice(0, 20);
