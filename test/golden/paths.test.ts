/**
 * The golden questions (`ranking.test.ts`) on each way through the engine: vectors by the graph or by the exact scan. A
 * package without native parts answers as one with them.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { EngineOptions } from '../../src/engine/api/options.ts';
import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/open.ts';
import { INSTALL_DIR } from '../engine/install.ts';

interface Wanted {
  readonly query: string;
  readonly path: string;
  readonly name: string;
}

interface Golden {
  readonly questions: readonly { readonly query: string; readonly rank: number | null }[];
}

type Way = Required<Pick<EngineOptions, 'vectorIndex'>>;

const FIXTURE = join(import.meta.dirname, '..', 'fixtures', 'ranking');
const LIMIT = 10;
const FIRST = 3;
const WAYS: readonly Way[] = [{ vectorIndex: 'graph' }, { vectorIndex: 'exact' }];
const read = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'));
const wanted = read(FIXTURE, 'questions.json') as readonly Wanted[];
const { questions } = read(import.meta.dirname, 'ranking.json') as Golden;

/** By the first that came this way: the best hits of each question. */
let expected: readonly (readonly string[])[] | null = null;

test.each(WAYS)('$vectorIndex vectors: the golden ranks, and the same best hits', async (way) => {
  const engine = await opened(way);
  const ranks: (number | null)[] = [];
  const first: (readonly string[])[] = [];
  for (const { query, path, name } of wanted) {
    const hits = (await engine.search({ query, limit: LIMIT })).results;
    const at = hits.findIndex((hit) => hit.path === path && hit.name === name);
    ranks.push(at === -1 ? null : at + 1);
    first.push(hits.slice(0, FIRST).map((hit) => `${hit.path} ${hit.name}`));
  }
  expect(engine.status()).toMatchObject({ ...way, runtime: null, notices: [] });
  expect(ranks).toEqual(questions.map(({ rank }) => rank));
  expected ??= first;
  expect(first).toEqual(expected);
});

async function opened(way: Way): Promise<Engine> {
  const storageDir = await mkdtemp(join(tmpdir(), 'kenning-ways-'));
  const engine = await openEngine({
    folder: join(FIXTURE, 'workspace'),
    storageDir,
    installDir: INSTALL_DIR,
    ...way,
  });
  onTestFinished(async () => {
    await engine.close();
    await rm(storageDir, { recursive: true, force: true });
  });
  await engine.update();
  await expect.poll(() => engine.status().vectorIndex, { timeout: 20_000 }).toBe(way.vectorIndex);
  return engine;
}
