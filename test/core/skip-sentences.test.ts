/** Every reason is one clear sentence, with or without its details. */
import { expect, test } from 'vitest';
import type { Skip } from '../../src/core/skip.ts';
import { skipSentence } from '../../src/core/skip-sentences.ts';

const CASES: readonly (readonly [Skip, string])[] = [
  [{ code: 'ignored', rule: '*.js', source: 'build/.gitignore:3' }, 'build/.gitignore line 3 says `*.js`'],
  [{ code: 'ignored', rule: '**/out' }, "the editor's settings exclude `**/out`"],
  [{ code: 'always-excluded', rule: '.git' }, "it belongs to git's own data"],
  [{ code: 'too-large', rule: '4.0 MiB' }, 'it is larger than 4.0 MiB'],
  [{ code: 'too-large' }, 'it is larger than the limit'],
  [{ code: 'minified', rule: '.min.js' }, 'its name says that it is minified (`.min.js`)'],
  [{ code: 'minified', rule: 'one line of 50000 characters' }, 'it is minified (one line of 50000 characters)'],
  [{ code: 'not-a-file', rule: 'symbolic link' }, 'it is a symbolic link, and links are not followed'],
  [{ code: 'not-a-file', rule: 'FIFO' }, 'it is not a regular file but a FIFO'],
  [{ code: 'unreadable', rule: 'EACCES' }, 'you have no permission to read it (EACCES)'],
  [{ code: 'unreadable', rule: 'EIO' }, 'it could not be read (EIO)'],
  [{ code: 'unreadable' }, 'it could not be read'],
  [{ code: 'unreadable', rule: 'more than 128 folders deep' }, 'it lies more than 128 folders deep'],
  [{ code: 'unreadable', rule: 'name not UTF-8' }, 'its name is not UTF-8'],
];

test.each(CASES)('%j', (skip, sentence) => {
  expect(skipSentence('a/b', skip)).toBe(`a/b is not indexed: ${sentence}.`);
});
