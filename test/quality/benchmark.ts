/** The product benchmark as data: repositories laid out on disk, their questions, and NDCG@10 as its evaluation defines it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Target = string | { readonly path: string; readonly start_line?: number; readonly end_line?: number };

export interface Question {
  readonly query: string;
  readonly category: string;
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

/**
 * `dir` holds `index.json`, a list of `{name, language, root, queries: Question[]}`, and a checkout under each name; `root`
 * is the folder below it that is indexed, or null. Paths of targets are relative to that folder.
 */
export function readBenchmark(dir: string): Repository[] {
  const index = JSON.parse(readFileSync(join(dir, 'index.json'), 'utf8')) as (Omit<Repository, 'folder'> & {
    root: string | null;
  })[];
  return index.map(({ name, language, root, queries }) => ({
    name,
    language,
    folder: join(dir, name, root ?? ''),
    queries,
  }));
}

export function ndcg(results: readonly Found[], question: Question): number {
  const targets = [...question.relevant, ...(question.secondary ?? [])];
  const top = results.slice(0, DEPTH);
  const ranks = new Set(targets.map((target) => top.findIndex((found) => answers(found, target))));
  ranks.delete(-1);
  let gain = 0;
  for (const rank of ranks) gain += 1 / Math.log2(rank + 2);
  let ideal = 0;
  for (let rank = 0; rank < Math.min(DEPTH, targets.length); rank++) ideal += 1 / Math.log2(rank + 2);
  return gain / ideal;
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
