/** A file whose functions could not be told apart: `kenning why` says so, and the reason. */
import { expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';
import { kenning } from './command.ts';

test('why says that a file was cut into windows of lines', async () => {
  const folder = temporaryFolder();
  const storageDir = temporaryFolder();
  // More than the grammar of Elixir reads in its time.
  const deep = `defmodule A do\n  def f(a) do\n    a\n  end\n\n  de${`${'('.repeat(100)}\n`.repeat(1500)}end\n`;
  writeFiles(folder, { 'deep.ex': deep, 'a.sql': 'SELECT name FROM users;\n' });
  const run = (...args: string[]) => kenning(args, { cwd: folder, storageDir });
  await run('index');
  const { code, stdout } = await run('why', 'deep.ex');
  expect(stdout).toMatch(/^deep\.ex is indexed in \d+ windows of lines, and not by its functions: .+\.\n$/);
  expect(code).toBe(0);
  expect((await run('why', 'a.sql')).stdout).toBe('a.sql is indexed: 1 function, text.\n');
});
