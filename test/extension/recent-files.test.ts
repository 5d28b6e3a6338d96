import { expect, test } from 'vitest';
import { RecentFiles } from '../../src/extension/recent-files.ts';

function after(...paths: readonly string[]): readonly string[] {
  const recent = new RecentFiles();
  for (const path of paths) recent.note(path);
  return recent.paths();
}

test.each([
  ['nothing', [], []],
  ['the last one first', ['a', 'b', 'c'], ['c', 'b', 'a']],
  ['each once, where it was last', ['a', 'b', 'a', 'a'], ['a', 'b']],
])('recent files: %s', (_, used, expected) => {
  expect(after(...used)).toEqual(expected);
});

test('keeps twenty, and forgets what was used longest ago', () => {
  const used = Array.from({ length: 30 }, (_, i) => `${i}.ts`);
  expect(after('first.ts', ...used, '12.ts')).toEqual([
    '12.ts',
    ...used
      .slice(10)
      .filter((path) => path !== '12.ts')
      .reverse(),
  ]);
});
