/** The command line on a terminal, made by `script`, and in a pipe whose reader leaves. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { INSTALL_DIR } from '../engine/install.ts';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';
import { COMMAND, environment } from './command.ts';

function inTerminal(args: string, more: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  writeFiles(folder, { 'src/dates.py': 'def parse_date(text):\n    return strptime(text)\n' });
  const { stdout } = spawnSync('script', ['-qec', `${process.execPath} ${COMMAND} ${args}`, '/dev/null'], {
    cwd: folder,
    encoding: 'utf8',
    env: environment(temporaryFolder(), { TERM: 'xterm', ...more }),
  });
  return stdout;
}

test('a progress bar is drawn and cleared, and places have colours', () => {
  const output = inTerminal('search date');
  expect(output).toMatch(/Indexing █+ 100 %/);
  expect(output).toContain('\r\u001b[2K');
  expect(output).toContain('\u001b[36msrc/dates.py:1');
});

test('NO_COLOR is honoured', () => {
  const output = inTerminal('search date', { NO_COLOR: '1' });
  expect(output).toContain('src/dates.py:1');
  expect(output).not.toContain('\u001b[36m');
});

test('a reader that has seen enough is no error', () => {
  const command = `${process.execPath} ${COMMAND} chunk --jsonl --path ${join(INSTALL_DIR, 'src')} | head -1; echo \${PIPESTATUS[0]}`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('0');
});
