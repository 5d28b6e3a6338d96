/** A term table brings in words that code has, and only those that the index has, too. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { queryTerms } from '../../../src/core/lexical/terms.ts';
import { findInstallDir, termTable } from '../../../src/engine/install-dir.ts';
import { encodePacked, readPacked, sourceDigest } from '../../../src/engine/packed-file.ts';
import { expandedTerms, loadExpansions } from '../../../src/engine/search/expansions.ts';
import { packTermTable } from '../../../src/engine/search/term-table.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { fileRecord } from '../store/records.ts';
import { temporaryFolder } from '../temporary.ts';

const TABLE = {
  format: 'kenning-terms-1',
  queryWords: ['configur', 'common'],
  codeWords: ['cfg', 'alpha', 'unheard', 'common'],
  terms: [
    [0, 600],
    [0, 300, 1, 50],
    [0, 900],
    [1, 800],
  ],
};

let store: Store;
beforeEach(() => {
  store = Store.open(join(temporaryFolder(), 'index'), '/folder');
  onTestFinished(() => store.close());
  store.commit({ upserts: [fileRecord('a.py', ['alpha', 'cfg'])] });
});

function written(table: unknown): string {
  const file = join(temporaryFolder(), 'terms.json.gz');
  writeFileSync(file, gzipSync(JSON.stringify(table)));
  return file;
}

async function expanded(
  text: string,
  asked: readonly string[] = [],
  more: readonly string[] = [],
): Promise<Record<string, number>> {
  const terms = [...store.termIds(asked).values()].map((id) => ({ id, weight: 1 }));
  const found = expandedTerms(store, await loadExpansions(written(TABLE)), { asked: queryTerms(text), terms });
  const names = new Map([...store.termIds(['alpha', 'cfg', 'common', ...more])].map(([term, id]) => [id, term]));
  return Object.fromEntries(found.map(({ id, weight }) => [names.get(id)!, weight]));
}

describe('a question', () => {
  test('gets the words that code has for its own, by their probability', async () => {
    expect(await expanded('load the configuration')).toEqual({ cfg: 0.6, alpha: 0.3 });
  });

  test('asks for what its abbreviations stand for, and for nothing else the other way round', async () => {
    store.commit({ upserts: [fileRecord('b.py', ['configur'])] });
    expect(await expanded('cfg', ['cfg'], ['configur'])).toEqual({ cfg: 1, configur: 0.6 });
    expect(await expanded('alpha', ['alpha'], ['configur'])).toEqual({ alpha: 1 });
  });

  test('keeps a word that it asked for at its own weight', async () => {
    expect(await expanded('alpha configuration', ['alpha'])).toEqual({ alpha: 1, cfg: 0.6 });
  });

  test('gets nothing from a word for itself, nor from what is hardly ever meant', async () => {
    expect(await expanded('common', ['common'])).toEqual({ common: 1 });
  });
});

describe('a table', () => {
  test.each([
    ['of another format', () => written({ ...TABLE, format: 'kenning-terms-9' })],
    ['that is missing', () => join(temporaryFolder(), 'none.json.gz')],
    ['that is no table', () => written('x')],
  ])('%s is done without', async (_, file) => {
    const expansions = await loadExpansions(file());
    expect(expansions).toBeNull();
    expect(expandedTerms(store, expansions, { asked: queryTerms('configuration'), terms: [] })).toEqual([]);
  });

  test('ships, and knows that configurations are called cfg', async () => {
    const expansions = await loadExpansions(termTable(findInstallDir(import.meta.dirname)));
    expect(expansions!.get('configur')!.map(([term]) => term)).toContain('cfg');
  });
});

describe('a packed table', () => {
  test('says of every word what the one says that it is made of', async () => {
    const file = termTable(findInstallDir(import.meta.dirname));
    const packed = join(temporaryFolder(), 'terms.packed');
    writeFileSync(packed, await packTermTable(readFileSync(file)));
    const { queryWords, codeWords } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as typeof TABLE;
    const [ready, made] = [(await loadExpansions(file, packed))!, (await loadExpansions(file))!];
    const words = [...queryWords, ...codeWords, 'constructor', 'qqqq', ''];
    expect(words.filter((word) => ready.get(word)).length).toBeGreaterThan(10_000);
    expect(words.filter((word) => !isDeepStrictEqual(ready.get(word), made.get(word)))).toEqual([]);
  });

  test('is looked into, where it is made of the table that ships, and else is not', async () => {
    const [file, other] = [written(TABLE), written({ ...TABLE, codeWords: ['conf', 'alpha', 'unheard', 'common'] })];
    const packed = `${file}.packed`;
    const made = await packTermTable(readFileSync(other));
    writeFileSync(packed, made);
    const first = async (): Promise<string> => (await loadExpansions(file, packed))!.get('configur')![0]![0];
    expect(await first()).toBe('cfg');
    const content = (await readPacked(packed, sourceDigest(readFileSync(other))))!;
    writeFileSync(packed, encodePacked(sourceDigest(readFileSync(file)), content));
    expect(await first()).toBe('conf');
  });
});
