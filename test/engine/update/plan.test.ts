import { expect, test } from 'vitest';
import { planUpdate } from '../../../src/engine/update/plan.ts';

const file = (path: string, mtimeMs = 1): { path: string; size: number; mtimeMs: number } => ({
  path,
  size: 10,
  mtimeMs,
});
const stored = new Map(
  ['a.py', 'dir/b.py', 'dir/sub/c.py', 'dirt.py'].map((path) => [path, { size: 10, mtimeMs: 1, hash: path }]),
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

test('another size, a newer time and an older time are all a change', () => {
  const found = [{ ...file('a.py'), size: 11 }, file('dir/b.py', 2), file('dirt.py', 0), file('dir/sub/c.py')];
  expect(planUpdate(found, stored, []).read.map(({ path }) => path)).toEqual(['a.py', 'dir/b.py', 'dirt.py']);
});

test('what is wanted first is read first, in that order; the rest keeps its own', () => {
  const found = ['n1', 'n2', 'n3', 'n4', 'n5'].map((path) => file(path));
  const { read } = planUpdate(found, stored, [], { first: ['n4', 'gone', 'n2'] });
  expect(read.map(({ path }) => path)).toEqual(['n4', 'n2', 'n1', 'n3', 'n5']);
});
