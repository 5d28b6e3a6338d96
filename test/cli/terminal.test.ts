/** The command line on a terminal, made by `script`, and in a pipe whose reader leaves. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
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

/** Nobody ever reads its standard error. */
async function unheard(args: readonly string[], input = ''): Promise<number | null> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: temporaryFolder(),
    env: environment(temporaryFolder()),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  child.stderr.destroy();
  child.stdin.end(input);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

test('where nobody hears a mistake, its exit code tells all the same', async () => {
  expect(await unheard(['search', '--nonsense'])).toBe(2);
  expect(await unheard(['mcp'], 'no protocol\nnor this\n')).toBe(0);
});

test.runIf(existsSync('/dev/full'))('an answer that cannot be written is an error', () => {
  const command = `${process.execPath} ${COMMAND} --help > /dev/full`;
  const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  expect(stderr).toBe('kenning: standard output cannot be written (ENOSPC).\n');
  expect(status).toBe(2);
});
