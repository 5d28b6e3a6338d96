/** What is explained is what the walk did; files inside folders that are left out and reasons from reading included. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { skipSentence } from '../../../src/core/skip-sentences.ts';
import { explain } from '../../../src/engine/walk/explain.ts';
import { OPTIONS, temporaryFolder, walkAll } from './folder.ts';

const FILES = {
  '.gitignore': '# rules\n\nbuild/\n',
  'sub/.gitignore': '*.js\n!keep.js\n',
  'sub/a.js': 'x',
  'sub/keep.js': 'x',
  'build/deep/out.js': 'x',
  'node_modules/left/index.js': 'x',
  'bin.py': new Uint8Array([1, 0, 2, 3]),
  'blank.py': '  \n',
  'made.py': '# @generated\n',
  'squeezed.js': 'a();'.repeat(2000),
  '.env': 'KEY=1',
  'a.md': '# a',
  'cache/CACHEDIR.TAG': 'x',
  'cache/a.py': 'x',
  'code.py': 'x = 1\n',
  '.gitattributes': 'gen.py linguist-generated\nlib.py linguist-vendored\n',
  'gen.py': 'x',
  'lib.py': 'x',
  'set.tmp.py': 'x',
};
const WITH_EXCLUDES = { ...OPTIONS, excludes: ['**/*.tmp.py'] };

test.each([
  ['build/deep/out.js', '.gitignore line 3 says `build/`'],
  ['build', '.gitignore line 3 says `build/`'],
  ['sub/a.js', 'sub/.gitignore line 1 says `*.js`'],
  ['node_modules/left/index.js', "`node_modules/` never holds a project's own code"],
  ['bin.py', 'it is not text'],
  ['blank.py', 'it is empty'],
  ['made.py', 'its line 1 says `@generated`'],
  ['squeezed.js', 'it is minified (8000 characters a line on average)'],
  ['.env', 'files of this name hold secrets, so Kenning never opens them'],
  ['a.md', 'files of this type (`.md`) hold no functions'],
  ['cache/a.py', 'the folder is marked by `CACHEDIR.TAG`'],
  ['cache/', 'the folder is marked by `CACHEDIR.TAG`'],
  ['gen.py', '.gitattributes line 1 marks `gen.py` as generated'],
  ['lib.py', '.gitattributes line 2 marks `lib.py` as vendored'],
  ['set.tmp.py', "the editor's settings exclude `**/*.tmp.py`"],
  ['missing.py', 'it does not exist (ENOENT)'],
  ['code.py/inside.py', 'it does not exist (ENOENT)'],
  ['../elsewhere.py', 'it lies outside the folder'],
])('%s: %s', async (path, sentence) => {
  const skip = await explain(temporaryFolder(FILES), path, WITH_EXCLUDES);
  expect(skip && skipSentence(path, skip)).toBe(`${path} is not indexed: ${sentence}.`);
});

test('nothing keeps out what is indexed; absolute paths are understood', async () => {
  const folder = temporaryFolder(FILES);
  for (const path of ['code.py', 'sub/keep.js', 'sub', '', join(folder, 'code.py')])
    expect(await explain(folder, path, OPTIONS)).toBeNull();
});

test('explains each entry of a walk as the walk did', async () => {
  const folder = temporaryFolder(FILES);
  mkdirSync(join(folder, 'empty'));
  const walked = await walkAll(folder, WITH_EXCLUDES);
  const skipped = walked.filter((file) => 'skip' in file);
  expect(skipped.length).toBeGreaterThan(8);
  for (const { path, skip } of skipped) expect(await explain(folder, path, WITH_EXCLUDES), path).toEqual(skip);
});
