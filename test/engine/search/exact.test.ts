/** `"exact"` in a real folder: what the files say, what they say no more, and how many are read. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseQuery } from '../../../src/core/query/parse-query.ts';
import { LEXICAL_WEIGHTS } from '../../../src/core/ranking/parameters.ts';
import type { Engine } from '../../../src/engine/api.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { EXACT_FILES, functionsWithPhrases } from '../../../src/engine/search/exact.ts';
import { LiveIndex } from '../../../src/engine/search/live-index.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { INSTALL_DIR } from '../install.ts';
import { DIMENSIONS, fileRecord } from '../store/records.ts';
import { temporaryFolder, writeFiles } from '../temporary.ts';

const FILES = {
  'src/load.js':
    '/** Gives up at once. */\nfunction loadFile(path) {\n  try {\n    return read(path);\n  } catch (e) {\n    return null;\n  }\n}\n',
  'src/save.js':
    'function saveFile(path) {\n  try {\n    return write(path);\n  } catch (error) {\n    return e(null);\n  }\n}\n',
  'src/parse.js': 'function parseHeader(text) {\n  return text.map((line) => line.trim());\n}\n',
};

async function opened(files: Readonly<Record<string, string>>): Promise<{ engine: Engine; folder: string }> {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const engine = await openEngine({ folder, storageDir: temporaryFolder(), installDir: INSTALL_DIR });
  onTestFinished(() => engine.close());
  await engine.update();
  return { engine, folder };
}

async function names(engine: Engine, query: string): Promise<string[]> {
  return (await engine.search({ query, limit: 1000 })).results.map(({ name }) => name).sort();
}

describe('an exact phrase', () => {
  const ALL = ['loadFile', 'parseHeader', 'saveFile'];
  const CASES: readonly [query: string, expected: readonly string[]][] = [
    ['read or write a file', ALL],
    ['"catch (e)"', ['loadFile']],
    ['"CATCH  (E)" file', ['loadFile']],
    ['"catch (e" file', ['loadFile']],
    ['"gives up at once"', ['loadFile']],
    ['"function saveFile"', ['saveFile']],
    ['"parseheader"', ['parseHeader']],
    ['"src/parse"', ['parseHeader']],
    ['"return null" "read(path)"', ['loadFile']],
    ['"return null" "write(path)"', []],
    ['file -"catch (e)"', ['parseHeader', 'saveFile']],
    ['"path" -"catch (e)"', ['saveFile']],
    ['file "=>"', ['parseHeader']],
    ['file -"=>"', ['loadFile', 'saveFile']],
    ['"path" path:save', ['saveFile']],
    ['"path" kind:class', []],
    ['"no such phrase here"', []],
    ['"zebrafish"', []],
    ['file -"zebrafish"', ALL],
    ['"file', ALL],
    ['"=>"', []],
  ];

  test('is held by what stands in the answer', async () => {
    const { engine } = await opened(FILES);
    for (const [query, expected] of CASES) expect(await names(engine, query), query).toEqual(expected);
  });

  test.each([
    ['changed', (file: string) => writeFileSync(file, 'function other() {}\n')],
    ['gone', (file: string) => rmSync(file)],
  ])('is taken from the words of a file that is %s since it was indexed', async (_, change) => {
    const { engine, folder } = await opened(FILES);
    change(join(folder, 'src/save.js'));
    // All of its words are there, though not side by side.
    expect(await names(engine, '"catch (e)"')).toEqual(['loadFile', 'saveFile']);
    expect(await names(engine, '"read(path)"')).toEqual(['loadFile']);
    expect(await names(engine, 'file -"catch (e)"')).toEqual(['parseHeader']);
  });

  test('that is not wanted leaves nothing behind in memory', async () => {
    const { engine } = await opened(FILES);
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heldAfter = async (questions: number): Promise<number> => {
      for (let i = 0; i < questions; i++) await engine.search({ query: 'file -"catch (e)"', limit: 10 });
      collect();
      return process.memoryUsage().arrayBuffers;
    };
    const before = await heldAfter(20);
    // Some of what came before is let go meanwhile.
    expect((await heldAfter(500)) - before).toBeLessThan(1e7);
  });

  test('of any length is asked for', async () => {
    const { engine } = await opened(FILES);
    for (const query of [`"${'read '.repeat(2e5)}"`, `load "${'a'.repeat(1e6)}"`, `path:${'a'.repeat(1e6)} load`])
      expect((await names(engine, query)).length, query.slice(0, 20)).toBeGreaterThan(0);
  });

  test('is looked for in a bounded number of files, those first that answer best', async () => {
    const store = Store.open(join(temporaryFolder(), 'index'), '/folder');
    onTestFinished(() => store.close());
    const files = Array.from({ length: EXACT_FILES + 20 }, (_, i) => fileRecord(`${i}.py`, [`one${i}`, `two${i}`]));
    store.commit({ upserts: [...files, fileRecord('best.py', ['best'])] });
    const snapshot = await new LiveIndex(store, DIMENSIONS, null).snapshot();
    const terms = [...store.termIds(['best']).values()].map((id) => ({ id, weight: 1 }));
    const question = { terms, weights: LEXICAL_WEIGHTS, keep: null };
    // There is no file to be read: the word decides, which every function has.
    const found = await functionsWithPhrases({ store }, snapshot, parseQuery('"common" best'), question);
    const paths = new Set(store.functions([...found!]).map(({ path }) => path));
    expect(paths.size).toBe(EXACT_FILES);
    expect(paths).toContain('best.py');
    expect(found!.size).toBe(2 * EXACT_FILES - 1);
  });
});
