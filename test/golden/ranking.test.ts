/**
 * Questions about a small invented product (`test/fixtures/ranking`), answered as the shipped engine answers them, against
 * the ranks that are committed. A wanted hit that falls fails its own test. One that rises fails the last test only: the
 * file has to say what is true, or the next fall to the old rank would go unseen. `UPDATE_GOLDEN=1` writes it anew;
 * whoever does so reads what changed, above all its first line, the mean.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hit } from '../../src/engine/api/search.ts';
import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/open.ts';
import { INSTALL_DIR } from '../engine/install.ts';
import { ndcgAt } from '../quality/benchmark.ts';

interface Wanted {
  readonly class: string;
  readonly query: string;
  readonly path: string;
  readonly name: string;
}

interface Ranked {
  readonly query: string;
  /** Of the wanted hit, from 1; null when it is not among the first ten. */
  readonly rank: number | null;
  /** Names of the best hits, for the reader. */
  readonly first: readonly string[];
}

interface Golden {
  readonly mean: number;
  readonly questions: readonly Ranked[];
}

const FIXTURE = join(import.meta.dirname, '..', 'fixtures', 'ranking');
const GOLDEN = join(import.meta.dirname, 'ranking.json');
const isUpdate = process.env.UPDATE_GOLDEN === '1';
const LIMIT = 10;
const SHOWN = 3;

const wanted = JSON.parse(readFileSync(join(FIXTURE, 'questions.json'), 'utf8')) as Wanted[];
let storageDir: string;
let engine: Engine;
let found: Golden;
let golden: Golden;

beforeAll(async () => {
  storageDir = await mkdtemp(join(tmpdir(), 'kenning-golden-'));
  engine = await openEngine({ folder: join(FIXTURE, 'workspace'), storageDir, installDir: INSTALL_DIR });
  await engine.update();
  const questions: Ranked[] = [];
  for (const each of wanted) questions.push(rankOf(each, await hitsOf(each)));
  found = { mean: meanOf(questions), questions };
  if (isUpdate) writeFileSync(GOLDEN, textOf(found));
  golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as Golden;
});
afterAll(async () => {
  await engine.close();
  await rm(storageDir, { recursive: true, force: true });
});

describe.each(wanted)('$class: $query', ({ query }) => {
  test('finds what is wanted no later than before', () => {
    const before = golden.questions.find((question) => question.query === query);
    const now = found.questions.find((question) => question.query === query)!;
    expect(before, 'a new question: UPDATE_GOLDEN=1 takes it in').toBeDefined();
    expect(ndcgAt(now.rank), `found: ${now.first.join(', ')}`).toBeGreaterThanOrEqual(ndcgAt(before!.rank));
  });
});

test('the mean NDCG@10 is no lower than before', () => {
  expect(found.mean).toBeGreaterThanOrEqual(golden.mean);
});

test('the golden file says how the ranking is now (UPDATE_GOLDEN=1 takes improvements in)', () => {
  expect(found).toEqual(golden);
});

async function hitsOf({ query }: Wanted): Promise<readonly Hit[]> {
  return (await engine.search({ query, limit: LIMIT })).results;
}

function rankOf({ query, path, name }: Wanted, hits: readonly Hit[]): Ranked {
  const at = hits.findIndex((hit) => hit.path === path && hit.name === name);
  return { query, rank: at === -1 ? null : at + 1, first: hits.slice(0, SHOWN).map((hit) => hit.name) };
}

function meanOf(questions: readonly Ranked[]): number {
  const sum = questions.reduce((total, { rank }) => total + ndcgAt(rank), 0);
  return Math.round((sum / questions.length) * 10_000) / 10_000;
}

/** One question a line, so that a diff shows which changed. */
function textOf({ mean, questions }: Golden): string {
  const lines = questions.map((question) => `    ${JSON.stringify(question)}`);
  return `{\n  "mean": ${mean},\n  "questions": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
