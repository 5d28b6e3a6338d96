/**
 * What a model gives a tool, checked: plain data in, a request or one sentence out that tells the model what to change.
 * The editor's tool and the MCP server share it. Pure.
 */
import { LANGUAGE_NAMES } from '../languages/names.ts';
import { innermostHolding } from '../nested-folders.ts';
import { KIND_NAMES } from '../query/parse-query.ts';
import { isLanguage } from '../query/wrong-operators.ts';
import { beginning } from '../text/beginning.ts';

/** How many results a model gets that names no number, and at most. */
export const DEFAULT_RESULTS = 10;
export const MAX_RESULTS = 50;
/** Of the whole answer. */
export const DEFAULT_TOKENS = 4000;
export const MIN_TOKENS = 200;
export const MAX_TOKENS = 50_000;

/** As `kind:` takes them, each once. */
export const KIND_FILTERS: readonly string[] = KIND_NAMES.filter((name) => name !== 'fn');

export interface SearchInput {
  /** In Kenning's query syntax, filters included. */
  readonly query: string;
  /** The only one that is meant, as it was given; null: all of them. */
  readonly folder: string | null;
  readonly limit: number;
  /** Null: the model named none. */
  readonly maxTokens: number | null;
}

/** Like what code: a place in a file, or a text. */
export interface SimilarInput {
  readonly code: string | null;
  readonly path: string | null;
  /** From 1; null without a path. */
  readonly line: number | null;
  readonly duplicatesOnly: boolean;
  readonly limit: number;
  readonly maxTokens: number | null;
}

export interface Refused {
  /** One sentence: what is wrong, and what to give instead. */
  readonly problem: string;
}

/** `folders`: absolute paths of what is searched; a model may narrow by a path within one of them as it was shown. */
export function readSearchInput(input: unknown, folders: readonly string[]): SearchInput | Refused {
  const read = new Reader(input, ['query', 'path', 'language', 'kind', 'tests', 'limit', 'maxTokens']);
  const query = read.text('query')?.trim() ?? '';
  if (!query) read.refuse('"query" is missing: describe in plain English what the code does.');
  const { folder, path } = placed(read.text('path')?.trim() ?? '', folders);
  const language = read.text('language')?.trim().replace(/\s+/g, '');
  if (language && !isLanguage(language.toLowerCase()))
    read.refuse(`"language" is one of ${LANGUAGE_NAMES.join(', ')}, not ${shown(language)}.`);
  const kind = read.text('kind')?.toLowerCase();
  if (kind !== undefined && !KIND_FILTERS.includes(kind))
    read.refuse(`"kind" is one of ${KIND_FILTERS.join(', ')}, not ${shown(kind)}.`);
  const tests = read.flag('tests');
  const filters = [
    // Instead of quotes around it, which one that the query leaves open would end: `*` stands for anything within a name.
    path ? `path:${path.replace(/["\s]+/g, '*')}` : '',
    language ? `lang:${language}` : '',
    kind ? `kind:${kind}` : '',
    tests === undefined ? '' : tests ? '+tests' : '-tests',
  ];
  const sizes = read.sizes();
  return read.problem ?? { query: [query, ...filters].filter(Boolean).join(' '), folder, ...sizes };
}

/** Filters look at paths as they are relative to their folder: what an absolute one means, no other folder has. */
function placed(path: string, folders: readonly string[]): { readonly folder: string | null; readonly path: string } {
  const found = path === '' ? null : innermostHolding(path, folders);
  return found ? { folder: found.folder, path: found.rest && `/${found.rest}` } : { folder: null, path };
}

export function readSimilarInput(input: unknown): SimilarInput | Refused {
  const read = new Reader(input, ['code', 'path', 'line', 'duplicatesOnly', 'limit', 'maxTokens']);
  const code = read.text('code') ?? null;
  const path = read.text('path') ?? null;
  const line = read.whole('line', 1, Number.MAX_SAFE_INTEGER) ?? null;
  const hasPlace = path !== null && line !== null;
  if (code === null && !hasPlace) read.refuse('Give either "code", or "path" and "line" together.');
  if (code !== null && code.trim() === '') read.refuse('"code" is empty: give the code whose like is wanted.');
  const duplicatesOnly = read.flag('duplicatesOnly') ?? false;
  const sizes = read.sizes();
  return read.problem ?? { code, path, line, duplicatesOnly, ...sizes };
}

const SHOWN_CHARS = 60;

/** What was given may be of any size and depth; the sentence stays one. */
function shown(value: unknown): string {
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object';
  const text = JSON.stringify(value);
  return text.length > SHOWN_CHARS ? `${beginning(text, SHOWN_CHARS)} …` : text;
}

/** Fields of an unknown object; the first mistake is kept. */
class Reader {
  readonly #fields: Readonly<Record<string, unknown>>;
  problem: Refused | null = null;

  constructor(input: unknown, known: readonly string[]) {
    const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
    this.#fields = isObject ? (input as Record<string, unknown>) : {};
    if (!isObject && input !== undefined) this.refuse('The arguments are one JSON object.');
    const stranger = Object.keys(this.#fields).find((name) => !known.includes(name));
    if (stranger !== undefined) this.refuse(`There is no argument ${shown(stranger)}; known are ${known.join(', ')}.`);
  }

  refuse(problem: string): void {
    this.problem ??= { problem };
  }

  text(name: string): string | undefined {
    return this.#typed<string>(name, 'string', 'a string');
  }

  flag(name: string): boolean | undefined {
    return this.#typed<boolean>(name, 'boolean', 'true or false');
  }

  whole(name: string, min: number, max: number): number | undefined {
    const value = this.#typed<number>(name, 'number', 'a whole number');
    if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} up` : `from ${min} to ${max}`;
    this.refuse(`"${name}" is a whole number ${range}, not ${value}.`);
    return undefined;
  }

  sizes(): { readonly limit: number; readonly maxTokens: number | null } {
    const limit = this.whole('limit', 1, MAX_RESULTS) ?? DEFAULT_RESULTS;
    return { limit, maxTokens: this.whole('maxTokens', MIN_TOKENS, MAX_TOKENS) ?? null };
  }

  /** Null counts as absent: some models fill every field. */
  #typed<T>(name: string, type: string, wanted: string): T | undefined {
    const value = this.#fields[name] ?? undefined;
    if (value === undefined || typeof value === type) return value as T | undefined;
    this.refuse(`"${name}" is ${wanted}, not ${shown(value)}.`);
    return undefined;
  }
}
