import { expect, test } from 'vitest';
import { isWithin, planUpdate, remembered } from '../../../src/engine/update/plan.ts';
import type { FoundFile } from '../../../src/engine/walk/walk.ts';

const file = (path: string, mtimeMs = 1, ctimeMs = 1): FoundFile => ({ path, size: 10, mtimeMs, ctimeMs });
const stored = new Map(
  ['a.py', 'dir/b.py', 'dir/sub/c.py', 'dirt.py'].map((path) => [
    path,
    { size: 10, mtimeMs: 1, ctimeMs: 1, hash: path },
  ]),
);

test.each([
  ['nothing changed', ['a.py', 'dir/b.py', 'dir/sub/c.py', 'dirt.py'], {}, [], []],
  ['a file is gone', ['a.py', 'dir/b.py', 'dirt.py'], {}, [], ['dir/sub/c.py']],
  ['all is gone', [], {}, [], ['a.py', 'dir/b.py', 'dir/sub/c.py', 'dirt.py']],
  ['a folder was looked at', ['dir/b.py'], { scope: ['dir'] }, [], ['dir/sub/c.py']],
  ['a file that is gone was looked at', [], { scope: ['a.py'] }, [], ['a.py']],
  ['the folder cannot be read', ['a.py', 'dirt.py'], { unreadable: ['dir'] }, [], []],
  ['the file cannot be read', ['a.py', 'dir/b.py', 'dirt.py'], { unreadable: ['dir/sub/c.py'] }, [], []],
  ['a new file', ['a.py', 'dir/b.py', 'dir/sub/c.py', 'dirt.py', 'new.py'], {}, ['new.py'], []],
] as const)(
  '%s',
  (_, found, { scope, unreadable = [] }: { scope?: readonly string[]; unreadable?: readonly string[] }, read, gone) => {
    const plan = planUpdate(
      found.map((path) => file(path)),
      stored,
      unreadable,
      { scope },
    );
    expect(plan.read.map(({ path }) => path)).toEqual(read);
    expect(plan.gone).toEqual(gone);
  },
);

test.each<[string, string[], boolean]>([
  ['a/b/c.py', ['a/b/c.py'], true],
  ['a/b/c.py', ['a'], true],
  ['a/b/c.py', [''], true],
  ['a/b/c.py', ['a/b/c', 'b', 'a/bc', 'c.py'], false],
  ['a/b/c.py', [], false],
])('%s lies within %j: %s', (path, places, expected) => {
  expect(isWithin(path, new Set(places))).toBe(expected);
});

test('another size, a newer time and an older time are all a change', () => {
  const found = [{ ...file('a.py'), size: 11 }, file('dir/b.py', 2), file('dirt.py', 0), file('dir/sub/c.py')];
  expect(planUpdate(found, stored, []).read.map(({ path }) => path)).toEqual(['a.py', 'dir/b.py', 'dirt.py']);
});

test('what is wanted first is read first, in that order; the rest keeps its own', () => {
  const found = ['n1', 'n2', 'n3', 'n4', 'n5'].map((path) => file(path));
  const { read } = planUpdate(found, stored, [], { first: ['n4', 'gone', 'n2'] });
  expect(read.map(({ path }) => path)).toEqual(['n4', 'n2', 'n1', 'n3', 'n5']);
});

test('a file whose time was set back after a change is read, however long it is', () => {
  expect(planUpdate([file('a.py', 1, 2)], stored, []).read).toHaveLength(1);
});

const SECOND = 1_700_000_000_000;

test.each([
  ['in the same tick of the clock', file('a', SECOND + 0.5, SECOND + 0.5), SECOND + 20, true],
  ['a tick later', file('a', SECOND + 0.5, SECOND + 0.5), SECOND + 60, false],
  ['at a time of its own choice, just now', file('a', 1, SECOND + 0.5), SECOND + 20, true],
  ['on a file system that counts seconds', file('a', SECOND, SECOND), SECOND + 1500, true],
  ['on such a one, long ago', file('a', SECOND, SECOND), SECOND + 2500, false],
  ['by a clock that was ahead by far', file('a', SECOND + 1e9, SECOND + 1e9), SECOND, false],
  ['by a clock that is ahead a little', file('a', SECOND + 10.5, SECOND + 10.5), SECOND, true],
])('a file that was changed %s', (_, found, readAtMs, isReadAgain) => {
  const { path: __, ...kept } = remembered(found, readAtMs);
  const { read } = planUpdate([found], new Map([[found.path, { ...kept, hash: '' }]]), []);
  expect(read.length > 0).toBe(isReadAgain);
});
