/** What a release and a fresh clone rest on beside the code: what git checks out. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './engine/temporary.ts';

const ROOT = resolve(import.meta.dirname, '..');

test('a model is checked out as it was committed where git turns line ends into those of Windows', () => {
  const dir = temporaryFolder();
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'core.autocrlf=true', '-C', dir, ...args], { encoding: 'utf8', stdio: 'pipe' });
  const file = 'models/kenning-s1/tokenizer.json';
  mkdirSync(join(dir, dirname(file)), { recursive: true });
  copyFileSync(join(ROOT, '.gitattributes'), join(dir, '.gitattributes'));
  writeFileSync(join(dir, file), '{\n  "model": "WordPiece"\n}\n');
  git('init', '--quiet');
  git('add', '.');
  git('checkout-index', '--all', '--force', '--prefix=out/');
  expect(readFileSync(join(dir, 'out', file), 'utf8')).not.toContain('\r');
});
