import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { partialOf, removeAbandoned } from '../../../src/engine/vectors/graph-partial.ts';
import { temporaryFolder } from '../temporary.ts';

test('what a process that is gone has left goes; what others are writing, and all else, stays', () => {
  const dir = temporaryFolder();
  const graph = join(dir, 'base-7-da68687a.seg.graph');
  const { pid: gone } = spawnSync(process.execPath, ['--version']);
  const others = [
    partialOf(graph),
    `${graph}.${process.ppid}.partial`,
    `${graph}.partial`,
    graph,
    join(dir, 'index.db'),
  ];
  for (const file of [...others, `${graph}.${gone}.partial`]) writeFileSync(file, '');
  removeAbandoned(graph);
  expect(readdirSync(dir).sort()).toEqual(others.map((file) => basename(file)).sort());
});

test('a folder that is not there is left so', () => {
  expect(() => removeAbandoned(join(temporaryFolder(), 'gone', 'base.seg.graph'))).not.toThrow();
});
