/** The product benchmark as data: repositories laid out on disk, their questions, and NDCG@10 as its evaluation defines it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Target = string | { readonly path: string; readonly start_line?: number; readonly end_line?: number };

export interface Question {
  readonly query: string;
  readonly category?: string;
  readonly relevant: readonly Target[];
  readonly secondary?: readonly Target[];
}

export interface Repository {
  readonly name: string;
  readonly language: string;
  readonly folder: string;
  readonly queries: readonly Question[];
}

export interface Found {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

const DEPTH = 10;

/** One sentence for the person who gave the folder. */
export class BenchmarkError extends Error {}

interface IndexEntry {
  readonly name: string;
  readonly language: string;
  readonly root?: string | null;
  readonly queries: readonly Question[];
}

/**
 * `dir` holds `index.json`, a list of `{name, language, root, queries: Question[]}`, and a checkout under each name; `root`
 * is the folder below it that is indexed, or null. Paths of targets are relative to that folder.
 * Throws `BenchmarkError`.
 */
export function readBenchmark(dir: string): Repository[] {
  return readIndex(join(dir, 'index.json')).map(({ name, language, root, queries }) => {
    const folder = join(dir, name, root ?? '');
    if (!existsSync(folder))
      throw new BenchmarkError(`The benchmark's index names ${name}, but there is no ${folder}.`);
    return { name, language, folder, queries };
  });
}

function readIndex(file: string): IndexEntry[] {
  if (!existsSync(file))
    throw new BenchmarkError(`No benchmark here: there is no ${file}; give its folder (npm run eval -- BENCH_DIR).`);
  const index = parsed(readFileSync(file, 'utf8'));
  if (!Array.isArray(index) || index.length === 0 || !index.every(isEntry))
    throw new BenchmarkError(`${file} is no list of {name, language, root, queries: [{query, relevant}]}.`);
  return index;
}

/** Null for what is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isEntry(value: unknown): value is IndexEntry {
  const { name, language, queries } = (value ?? {}) as Partial<IndexEntry>;
  return (
    typeof name === 'string' && typeof language === 'string' && Array.isArray(queries) && queries.every(isQuestion)
  );
}

export function isQuestion(value: unknown): value is Question {
  const { query, relevant } = (value ?? {}) as Partial<Question>;
  return typeof query === 'string' && Array.isArray(relevant) && relevant.length > 0;
}

/** Gain of the first ten results over that of the best order, 0..1; each target counts once, at its first result. */
export function ndcg(results: readonly Found[], question: Question): number {
  const targets = [...question.relevant, ...(question.secondary ?? [])];
  const top = results.slice(0, DEPTH);
  const ranks = new Set(targets.map((target) => top.findIndex((found) => answers(found, target))));
  ranks.delete(-1);
  let gain = 0;
  for (const rank of ranks) gain += discount(rank);
  let ideal = 0;
  for (let rank = 0; rank < Math.min(DEPTH, targets.length); rank++) ideal += discount(rank);
  return gain / ideal;
}

/** Of a question with one target, which is found at `rank` (from 1) or, null, not at all. */
export function ndcgAt(rank: number | null): number {
  return rank === null || rank > DEPTH ? 0 : discount(rank - 1);
}

/** `rank`: from 0. */
function discount(rank: number): number {
  return 1 / Math.log2(rank + 2);
}

function answers(found: Found, target: Target): boolean {
  const path = typeof target === 'string' ? target : target.path;
  if (!samePath(found.path, path)) return false;
  if (typeof target === 'string' || target.start_line === undefined || target.end_line === undefined) return true;
  return found.endLine >= target.start_line && found.startLine <= target.end_line;
}

function samePath(a: string, b: string): boolean {
  return a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`);
}
