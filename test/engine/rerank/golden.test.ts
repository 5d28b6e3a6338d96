/** Every cross-encoder at hand: the product's tokens and scores are those that its maker wrote down. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RuntimeName } from '../../../src/engine/api/options.ts';
import { openRuntime } from '../../../src/engine/embed/runtime.ts';
import { createTokenReader } from '../../../src/engine/embed/tokens.ts';
import { modelDir, RANKER_MODEL } from '../../../src/engine/install-dir.ts';
import { loadRanker, pairOf, type Ranker } from '../../../src/engine/rerank/ranker.ts';
import { readRanker } from '../../../src/engine/rerank/ranker-card.ts';
import { RUNTIMES } from '../embed/runtime-names.ts';
import { INSTALL_DIR } from '../install.ts';

interface Golden {
  readonly query: string;
  readonly code: string;
  readonly ids: readonly number[];
  readonly score: number;
}

const TINY_R = resolve(import.meta.dirname, '../../fixtures/models/tiny-r');
const models = [TINY_R, modelDir(INSTALL_DIR, RANKER_MODEL)].filter((dir) => existsSync(dir));

async function open(dir: string, runtime: RuntimeName): Promise<Ranker> {
  const ranker = await loadRanker(await readRanker(dir), await openRuntime(runtime));
  onTestFinished(() => ranker.dispose());
  return ranker;
}

const cases = models.flatMap((dir) => RUNTIMES.map((runtime) => ({ dir, runtime })));

describe.each(cases)('$dir in the $runtime runtime', ({ dir, runtime }) => {
  const golden = JSON.parse(readFileSync(join(dir, 'golden.json'), 'utf8')) as Golden[];

  test('token ids are identical', async () => {
    const { card, tokenizer } = await readRanker(dir);
    const readTokens = createTokenReader(tokenizer);
    for (const { query, code, ids } of golden) expect(pairOf(card, readTokens, query, code).ids, query).toEqual(ids);
  });

  test('scores are the same, alone and among others', async () => {
    const ranker = await open(dir, runtime);
    for (const [query, entries] of Map.groupBy(golden, (entry) => entry.query)) {
      const texts = entries.map(({ code }) => code);
      const together = await ranker.score(query, [...texts, 'a text of another length', ...texts]);
      for (const [i, { code, score }] of entries.entries()) {
        expect(together[i], code).toBeCloseTo(score, 1);
        expect(together[texts.length + 1 + i], code).toBeCloseTo(together[i]!, 1);
        expect((await ranker.score(query, [code]))[0], code).toBeCloseTo(score, 1);
      }
    }
  });

  test('a search that was overtaken is not scored to its end', async () => {
    const ranker = await open(dir, runtime);
    await expect(ranker.score('a', ['b'], AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
