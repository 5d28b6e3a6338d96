/** Quality `best`, with a cross-encoder that looks for the question's words in the code: the whole engine around it. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { RERANKING } from '../../../src/core/ranking/parameters.ts';
import type { EngineOptions } from '../../../src/engine/api/options.ts';
import type { Hit } from '../../../src/engine/api/search.ts';
import type { Engine } from '../../../src/engine/api.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { temporaryFolder, writeFiles } from '../temporary.ts';
import { installationWith } from './install.ts';

const QUERY = 'parse date';
const FILES = {
  'parse/date.py': 'def parseDate_parse_date():\n    return zzz\n',
  'far/alpha.py': 'def alpha(text):\n    # parse the date of a text\n    value = parse(date)\n    return value\n',
  'far/beta.py': 'def beta():\n    return 1\n',
};

let folder: string;
let storageDir: string;

beforeEach(() => {
  folder = temporaryFolder();
  storageDir = temporaryFolder();
  writeFiles(folder, FILES);
});

async function open(installDir: string, quality?: EngineOptions['quality']): Promise<Engine> {
  const engine = await openEngine({ folder, storageDir, installDir, ...(quality && { quality }) });
  onTestFinished(() => engine.close());
  await engine.update();
  return engine;
}

const changeOf = (hits: readonly Hit[], path: string): number | undefined =>
  hits.find((hit) => hit.path === path)?.why.boosts.reranked;

describe('the second reading', () => {
  test('lifts what answers, and says by how much', async () => {
    const plain = await open(installationWith(null), 'best');
    const before = await plain.search({ query: QUERY, limit: 10, second: 'always' });
    await plain.close();
    const best = await open(installationWith('tiny-r'), 'best');
    const after = await best.search({ query: QUERY, limit: 10, second: 'always' });
    expect(changeOf(after.results, 'far/alpha.py')).toBeGreaterThan(0);
    expect(after.results.map(({ path }) => path).sort()).toEqual(before.results.map(({ path }) => path).sort());
    for (const { path, score, why } of after.results) {
      const first = before.results.find((hit) => hit.path === path)!;
      expect(score).toBeCloseTo(first.score + (why.boosts.reranked ?? 0), 2);
    }
    const scores = after.results.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(after.timings.rerankMs).toBeGreaterThanOrEqual(0);
    expect(before.timings.rerankMs).toBeUndefined();
  });

  test('changes the order, and the limit cuts only after it', async () => {
    // By its path the best, but the second reading looks at the code, and finds no word of the question in it.
    writeFiles(folder, {
      'cart/total.py': 'def alpha():\n    return zzz\n',
      'far/sum.py': 'def beta():\n    # the cart total\n    return cart.total\n',
      'far/gamma.py': 'def gamma():\n    return 0\n',
    });
    const query = 'cart total';
    const plain = await open(installationWith(null), 'best');
    const before = (await plain.search({ query, limit: 20, second: 'always' })).results;
    await plain.close();
    const best = await open(installationWith('tiny-r'), 'best');
    const after = (await best.search({ query, limit: 20, second: 'always' })).results;
    expect(before[0]!.path).toBe('cart/total.py');
    expect(after[0]!.path).toBe('far/sum.py');
    expect((await best.search({ query, limit: 1, second: 'always' })).results).toEqual(after.slice(0, 1));
  });

  test('leaves what stands below its depth alone', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `cart${String.fromCharCode(97 + (i % 26))}${i}`);
    writeFiles(
      folder,
      Object.fromEntries(names.map((n, i) => [`m${i}/x.py`, `def ${n}():\n    return ${i} * total\n`])),
    );
    const plain = await open(installationWith(null), 'best');
    const before = (await plain.search({ query: 'cart total', limit: 40, second: 'always' })).results;
    await plain.close();
    const best = await open(installationWith('tiny-r'), 'best');
    const after = (await best.search({ query: 'cart total', limit: 40, second: 'always' })).results;
    expect(before.length).toBeGreaterThan(RERANKING.depth);
    expect(after.slice(RERANKING.depth)).toEqual(before.slice(RERANKING.depth));
  });

  describe('where it may help', () => {
    const TWINS = {
      'one/m.py': 'def alpha(items):\n    # sum of the cart\n    return items.cart\n',
      'two/m.py': 'def alpha(thing):\n    # sum of the cart\n    return thing.cart\n',
    };
    const IN_DOUBT = 'what is the sum of the cart';

    test.each([
      ['in doubt, by default', { query: IN_DOUBT }, true, undefined],
      ['in doubt', { query: IN_DOUBT, second: 'where-it-helps' }, true, undefined],
      ['in doubt, but declined', { query: IN_DOUBT, second: 'never' }, false, true],
      ['a name', { query: 'alpha' }, false, undefined],
      ['a name, and declined', { query: 'alpha', second: 'never' }, false, undefined],
      ['a name, but wanted', { query: 'alpha', second: 'always' }, true, undefined],
    ] as const)('%s', async (_, request, isRead, mayImprove) => {
      writeFiles(folder, TWINS);
      const engine = await open(installationWith('tiny-r'), 'best');
      const answer = await engine.search({ limit: 10, ...request });
      expect(answer.timings.rerankMs !== undefined).toBe(isRead);
      expect(answer.results.some(({ why }) => 'reranked' in why.boosts)).toBe(isRead);
      expect(answer.mayImprove).toBe(mayImprove);
    });
  });

  test.each([undefined, 'fast', 'balanced'] as const)('is not done for quality %s', async (quality) => {
    const engine = await open(installationWith('tiny-r'), quality);
    const { results, timings } = await engine.search({ query: QUERY, limit: 10, second: 'always' });
    expect(results.map(({ why }) => why.boosts.reranked)).toEqual(results.map(() => undefined));
    expect(timings).not.toHaveProperty('rerankMs');
    expect(await engine.search({ query: QUERY, limit: 10, second: 'never' })).not.toHaveProperty('mayImprove');
  });

  test('of a package without the model is not missed', async () => {
    const engine = await open(installationWith(null), 'best');
    expect(engine.status().notices).toEqual([]);
    expect((await engine.search({ query: QUERY, limit: 1, second: 'always' })).results).toHaveLength(1);
  });

  test.each([
    ['is gone', (path: string) => rmSync(path)],
    ['has changed', (path: string) => writeFileSync(path, `# a line above\n${FILES['far/alpha.py']}`)],
  ])('keeps the score of a function whose file %s since it was indexed', async (_, spoil) => {
    const engine = await open(installationWith('tiny-r'), 'best');
    expect(
      changeOf((await engine.search({ query: QUERY, limit: 10, second: 'always' })).results, 'far/alpha.py'),
    ).toBeDefined();
    spoil(join(folder, 'far/alpha.py'));
    const { results } = await engine.search({ query: QUERY, limit: 10, second: 'always' });
    expect(results.map(({ path }) => path)).toContain('far/alpha.py');
    expect(changeOf(results, 'far/alpha.py')).toBeUndefined();
    expect(changeOf(results, 'parse/date.py') ?? changeOf(results, 'far/beta.py')).toBeDefined();
  });

  test('ends when a newer search takes over', async () => {
    const engine = await open(installationWith('tiny-r'), 'best');
    const search = engine.search({ query: QUERY, limit: 10, second: 'always' }, AbortSignal.abort());
    await expect(search).rejects.toMatchObject({ code: 'cancelled' });
  });

  test.each([
    ['model.json', '{'],
    ['model.json', '{"architecture":"static"}'],
    ['model.onnx', 'no model'],
  ])('with a broken %s is a notice, and search works', async (file, text) => {
    const installDir = installationWith('tiny-r');
    writeFileSync(join(installDir, 'models/kenning-r', file), text);
    const engine = await open(installDir, 'best');
    const { notices } = engine.status();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(
      /^Results are not read a second time, as quality "best" would: The model in .*kenning-r cannot be used: .*\.$/,
    );
    expect((await engine.search({ query: QUERY, limit: 1, second: 'always' })).results).toHaveLength(1);
  });
});
