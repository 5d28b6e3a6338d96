/** Searches see what editors hold, and at no moment both that and what the index has of the same file, or neither. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Engine } from '../../../src/engine/api.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { INSTALL_DIR } from '../install.ts';
import { temporaryFolder, writeFiles } from '../temporary.ts';

const MOOR = 'def moor_ship(ship, berth):\n    """Ties a ship to its berth in the harbour."""\n    berth.tie(ship)\n';
const PARSE = 'def parse_header(line):\n    """Parses one header line."""\n    return line.split(":")\n';
const FILES = { 'src/port.py': MOOR, 'src/http.py': PARSE };
/** No word of it is in the index. */
const KILN = 'def quench_zirconia(kiln):\n    """Quenches glowing zirconia."""\n    kiln.quench()\n';

interface Opened {
  readonly engine: Engine;
  readonly folder: string;
  /** What is found for a question, as `path:line name`. */
  found(query: string): Promise<string[]>;
}

async function opened(files: Readonly<Record<string, string>> = FILES): Promise<Opened> {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const engine = await openEngine({ folder, storageDir: temporaryFolder(), installDir: INSTALL_DIR });
  onTestFinished(() => engine.close());
  await engine.update();
  const found = async (query: string): Promise<string[]> => {
    const { results } = await engine.search({ query, limit: 100 });
    return results.map(({ path, startLine, name }) => `${path}:${startLine} ${name}`);
  };
  return { engine, folder, found };
}

test('a typed-in function is found at its line, the ones it replaced are not, and a reverted text is as before', async () => {
  const { engine, found } = await opened();
  await engine.setUnsaved('src/port.py', `import os\n\n${KILN}`);
  expect((await found('quench zirconia'))[0]).toBe('src/port.py:3 quench_zirconia');
  expect(await found('tie a ship to its berth')).not.toContain('src/port.py:1 moor_ship');
  await engine.setUnsaved('src/port.py', null);
  expect((await found('tie a ship to its berth'))[0]).toBe('src/port.py:1 moor_ship');
  expect((await found('quench zirconia')).join()).not.toContain('quench_zirconia');
});

test('an unsaved text is found as its saved one would be: same hits, same order, same evidence', async () => {
  const changed = `${KILN}\n\n${MOOR}`;
  const unsaved = await opened();
  await unsaved.engine.setUnsaved('src/port.py', changed);
  const saved = await opened({ ...FILES, 'src/port.py': changed });
  for (const query of [
    'quench zirconia',
    'berth',
    'parse a header',
    'moor_ship',
    'quensh zirkonia',
    '"kiln.quench()"',
  ]) {
    const [a, b] = await Promise.all(
      [unsaved, saved].map(async ({ engine }) => (await engine.search({ query, limit: 100 })).results),
    );
    const facts = a!.map(({ path, startLine, endLine, name, kind, language, preview, why }) => [
      [path, startLine, endLine, name, kind, language, preview, why.words, why.semantic],
    ]);
    expect(facts, query).toEqual(
      b!.map(({ path, startLine, endLine, name, kind, language, preview, why }) => [
        [path, startLine, endLine, name, kind, language, preview, why.words, why.semantic],
      ]),
    );
  }
});

test('filters and phrases see the unsaved text', async () => {
  const { engine, found } = await opened();
  await engine.setUnsaved('src/port.py', KILN);
  expect(await found('"kiln.quench()"')).toEqual(['src/port.py:1 quench_zirconia']);
  expect(await found('"berth.tie(ship)"')).toEqual([]);
  expect(await found('quench -"kiln.quench()"')).toEqual(['src/http.py:1 parse_header']);
  expect(await found('quench path:port lang:python')).toEqual(['src/port.py:1 quench_zirconia']);
  expect(await found('quench path:http')).toEqual(['src/http.py:1 parse_header']);
});

test('a file that is not on disk yet counts, in a folder that is not there either', async () => {
  const { engine, found } = await opened();
  await engine.setUnsaved('new/deep/kiln.py', KILN);
  expect((await found('quench zirconia'))[0]).toBe('new/deep/kiln.py:1 quench_zirconia');
  await engine.setUnsaved('new/deep/kiln.py', null);
  expect((await found('quench zirconia')).join()).not.toContain('kiln.py');
});

test('code like some code is looked for in what editors hold: with new words in the evidence, and not the old text', async () => {
  const { engine } = await opened();
  const likes = async (code: string, only?: 'duplicates'): Promise<object[]> => {
    const { results } = await engine.similar({ code, path: 'src/port.py', ...(only && { only }) });
    return results.map(({ path, startLine, why }) => ({ path, startLine, lexical: why.lexical, words: why.words }));
  };
  expect(await likes(MOOR, 'duplicates')).toMatchObject([{ path: 'src/port.py', startLine: 1, lexical: 1 }]);
  await engine.setUnsaved('src/port.py', `import os\n\n${KILN}`);
  const [kiln] = await likes(KILN, 'duplicates');
  expect(kiln).toMatchObject({ path: 'src/port.py', startLine: 3, lexical: 1 });
  expect(kiln).toHaveProperty('words', expect.arrayContaining(['zirconia']));
  expect(await likes(MOOR, 'duplicates')).toEqual([]);
  expect((await likes(MOOR)).length).toBeGreaterThan(0);
  await engine.setUnsaved('src/port.py', null);
  expect(await likes(MOOR, 'duplicates')).toMatchObject([{ path: 'src/port.py', startLine: 1 }]);
  expect(await likes(KILN, 'duplicates')).toEqual([]);
});

test('a function in an unsaved text is no hit of its own, at the lines where it stands now', async () => {
  const { engine } = await opened();
  await engine.setUnsaved('src/port.py', `import os\n\n${KILN}`);
  const place = { path: 'src/port.py', startLine: 3, endLine: 5 };
  const { results } = await engine.similar({ code: KILN, ...place });
  expect(results.map(({ path, name }) => `${path} ${name}`)).not.toContain('src/port.py quench_zirconia');
});

describe('what is not indexed is not seen unsaved either', () => {
  test.each([
    ['an ignored file', 'out/kiln.py'],
    ['a secret', 'src/.env'],
    ['a kind of file without code', 'src/kiln.png'],
    ['a dependency', 'node_modules/kiln/index.py'],
    ['a file outside', '../kiln.py'],
    ['a file taken for a folder', 'src/http.py/kiln.py'],
  ])('%s', async (_, path) => {
    const { engine, found } = await opened({ ...FILES, '.gitignore': 'out/\n' });
    await engine.setUnsaved(path, KILN);
    expect((await found('quench zirconia')).join()).not.toContain('kiln');
  });

  test.each([
    ['nothing', ' \n'],
    ['generated code', `# Code generated by kilnc. DO NOT EDIT.\n${KILN}`],
    ['more than is read of a file', `${KILN}${'# kiln\n'.repeat(2 ** 20)}`],
  ])('a text of %s hides what the index has', async (_, text) => {
    const { engine, found } = await opened();
    await engine.setUnsaved('src/port.py', text);
    expect((await found('moor ship kiln')).join()).not.toContain('port.py');
  });
});

describe('between save and commit', () => {
  /** The harbour's file is found by one of both texts, never by both or none. */
  const seen = async ({ found }: Opened): Promise<string> => (await found('path:port ship kiln')).join();

  test('a saved text stays until the index has it, and is then found once', async () => {
    const at = await opened();
    await at.engine.setUnsaved('src/port.py', KILN);
    writeFiles(at.folder, { 'src/port.py': KILN });
    await at.engine.setUnsaved('src/port.py', null);
    expect(await seen(at)).toBe('src/port.py:1 quench_zirconia');
    const updating = at.engine.update({ paths: ['src/port.py'] });
    const meanwhile: string[] = [];
    let isDone = false;
    void updating.finally(() => {
      isDone = true;
    });
    while (!isDone) meanwhile.push(await seen(at));
    await updating;
    meanwhile.push(await seen(at));
    expect(new Set(meanwhile)).toEqual(new Set(['src/port.py:1 quench_zirconia']));
    expect(at.engine.status().functions).toBe(2);
  });

  test('what a formatter made of it on the way to disk is what stays', async () => {
    const at = await opened();
    await at.engine.setUnsaved('src/port.py', KILN);
    writeFiles(at.folder, { 'src/port.py': `import os\n\n${KILN}` });
    await at.engine.setUnsaved('src/port.py', null);
    expect(await seen(at)).toBe('src/port.py:3 quench_zirconia');
  });

  test('a commit of another window ends it, too', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, FILES);
    const options = { folder, storageDir: temporaryFolder(), installDir: INSTALL_DIR };
    const [mine, theirs] = await Promise.all([openEngine(options), openEngine(options)]);
    onTestFinished(async () => {
      await mine.close();
      await theirs.close();
    });
    await mine.update();
    await mine.setUnsaved('src/port.py', KILN);
    writeFiles(folder, { 'src/port.py': KILN });
    await mine.setUnsaved('src/port.py', null);
    const names = async (): Promise<string[]> =>
      (await mine.search({ query: 'path:port ship', limit: 10 })).results.map(({ name }) => name);
    for (const [text, name] of [
      [KILN, 'quench_zirconia'],
      [MOOR, 'moor_ship'],
    ] as const) {
      writeFiles(folder, { 'src/port.py': text });
      await theirs.update({ paths: ['src/port.py'] });
      expect(await names()).toEqual([name]);
    }
  });

  test('a file that is deleted right after its save is gone with the update', async () => {
    const at = await opened();
    await at.engine.setUnsaved('src/new.py', KILN);
    writeFiles(at.folder, { 'src/new.py': KILN });
    await at.engine.setUnsaved('src/new.py', null);
    rmSync(join(at.folder, 'src/new.py'));
    await at.engine.update({ paths: ['src/new.py'] });
    expect((await at.found('quench zirconia')).join()).not.toContain('new.py');
  });

  test('a text that is typed on during the update stays', async () => {
    const at = await opened();
    writeFiles(at.folder, { 'src/port.py': KILN });
    await at.engine.setUnsaved('src/port.py', `x = 1\n${KILN}`);
    await at.engine.update();
    expect(await seen(at)).toContain('src/port.py:2 quench_zirconia');
    expect(await seen(at)).not.toContain('src/port.py:1 quench_zirconia');
  });
});

test('the last of several calls in a row holds, and the index is written by none', async () => {
  const { engine, found } = await opened();
  const before = engine.status();
  const texts = [KILN.repeat(200), KILN, `\n${KILN}`, `\n\n${KILN}`];
  await Promise.all(texts.map((text) => engine.setUnsaved('src/port.py', text)));
  expect((await found('quench zirconia')).filter((hit) => hit.includes('port'))).toEqual([
    'src/port.py:3 quench_zirconia',
  ]);
  expect(engine.status()).toEqual(before);
});

test('what is typed after a revert holds, though the text before the revert is still being read', async () => {
  const { engine, found } = await opened();
  const before = engine.setUnsaved('src/port.py', `${KILN.replace('quench', 'kindle')}\n`.repeat(200));
  await engine.setUnsaved('src/port.py', null);
  await Promise.all([before, engine.setUnsaved('src/port.py', KILN)]);
  expect(await found('quench kindle path:port')).toEqual(['src/port.py:1 quench_zirconia']);
});

test('of more files than are held, the ones that came last are', async () => {
  const { engine, found } = await opened();
  const paths = Array.from({ length: 105 }, (_, i) => `src/kiln${i}.py`);
  for (const path of paths) await engine.setUnsaved(path, `def quench_${path.length}_${path.slice(8, -3)}(): pass\n`);
  const hits = await found('"def quench_"');
  expect(hits).toHaveLength(100);
  expect(hits.join()).not.toContain('kiln4.py');
});
