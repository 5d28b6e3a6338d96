/** A folder indexed with a model that the user named: found by it, kept apart, and Kenning's own index left as it was. */
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Engine } from '../../../src/engine/api.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { INSTALL_DIR } from '../install.ts';
import { CART_GO, RETRY_TS } from '../sample-sources.ts';
import { temporaryFolder, writeFiles } from '../temporary.ts';
import { copyOfTiny, TINY_NAMED } from './models.ts';

let folder: string;
let storageDir: string;

beforeEach(() => {
  folder = temporaryFolder();
  storageDir = temporaryFolder();
  writeFiles(folder, {
    'src/dates.py':
      'def parse_date(text):\n    return strptime(text)\n\n\ndef days_between(a, b):\n    return abs(b - a).days\n',
    'src/retry.ts': RETRY_TS,
    'src/cart.go': CART_GO,
  });
});

async function open(model = '', vectorIndex: 'auto' | 'graph' = 'auto'): Promise<Engine> {
  const engine = await openEngine({ folder, storageDir, installDir: INSTALL_DIR, model, vectorIndex });
  onTestFinished(() => engine.close());
  return engine;
}

/** Updated, and closed again: functions embedded. */
async function embedded(model = ''): Promise<number> {
  const engine = await open(model);
  const report = await engine.update();
  await engine.close();
  return report.embedded;
}

const indexes = (): string[] => {
  const [key] = readdirSync(storageDir);
  return readdirSync(join(storageDir, key!))
    .filter((name) => name !== 'folder.txt')
    .sort();
};

describe('a folder', () => {
  test.each(['auto', 'graph'] as const)('is indexed and searched with a named model (%s)', async (vectorIndex) => {
    const engine = await open(TINY_NAMED, vectorIndex);
    const { embedded: count, functions } = await engine.update();
    expect(count).toBe(functions);
    const { results } = await engine.search({ query: 'turn a string into a date', limit: 3 });
    expect(results[0]).toMatchObject({ name: 'parse_date', path: 'src/dates.py' });
    expect(results[0]!.why.semantic).toBe(1);
    expect(engine.status().model).toMatch(/tiny-named-[0-9a-f]{12}$/);
    expect((await engine.update()).embedded).toBe(0);
  });

  test('keeps the index of each model: going back embeds nothing', async () => {
    expect(await embedded()).toBeGreaterThan(0);
    const [own] = indexes();
    expect(await embedded(TINY_NAMED)).toBeGreaterThan(0);
    expect(indexes()).toHaveLength(2);
    expect(indexes()).toContain(own);
    expect(await embedded()).toBe(0);
    expect(await embedded(TINY_NAMED)).toBe(0);
    expect(indexes()).toHaveLength(2);
  });

  test('loses what no version will open: an older state of the same model, other formats, what was set aside', async () => {
    const dir = copyOfTiny();
    await embedded();
    await embedded(dir);
    const before = indexes();
    writeFileSync(join(dir, 'config_sentence_transformers.json'), '{}');
    await embedded(dir);
    const after = indexes();
    expect(after).toHaveLength(2);
    expect(before.filter((name) => after.includes(name))).toHaveLength(1);
    const home = join(storageDir, readdirSync(storageDir)[0]!);
    const leftovers: readonly (readonly [string, string])[] = [
      ['nameless', ''],
      ['older', JSON.stringify({ format: 0, chunker: 0, model: 'another-0123' })],
      [`${after[0]}.broken`, JSON.stringify({ format: 0, chunker: 0, model: 'x-1' })],
    ];
    for (const [name, identity] of leftovers) {
      mkdirSync(join(home, name));
      if (identity) writeFileSync(join(home, name, 'identity.json'), identity);
    }
    expect(await embedded()).toBe(0);
    expect(indexes()).toEqual(after);
  });

  test('whose model does not exist is not opened, and nothing is written', async () => {
    await expect(open('./no-such-model')).rejects.toMatchObject({ code: 'model-unavailable' });
    await expect(open('nonsense')).rejects.toMatchObject({ code: 'model-unavailable' });
    expect(readdirSync(storageDir)).toEqual([]);
  });

  test('is committed in smaller steps: such a model is slow, and a kill loses a step', async () => {
    const many = Array.from({ length: 800 }, (_, i) => [`many/f${i}.py`, `def total_${i}(cart):\n    return ${i}\n`]);
    writeFiles(folder, Object.fromEntries(many) as Record<string, string>);
    const commits = async (model: string): Promise<number> => {
      const engine = await open(model);
      await engine.update();
      return engine.status().generation;
    };
    expect(await commits(TINY_NAMED)).toBeGreaterThanOrEqual((await commits('')) + 2);
  });

  test('may hold its model itself', async () => {
    cpSync(TINY_NAMED, join(folder, 'model'), { recursive: true });
    await embedded('./model');
    expect(await embedded(join(folder, 'model'))).toBe(0);
  });
});
