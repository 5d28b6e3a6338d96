/** `--model`: a folder named on the command line, from where the user stands. */
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TINY_NAMED } from '../engine/named/models.ts';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';
import { kenning } from './command.ts';

const DATES =
  'def parse_date(text):\n    return strptime(text)\n\n\ndef days_between(a, b):\n    return abs(b - a).days\n';

test('a folder is searched with the model that is named, and with our own when none is', async () => {
  const [cwd, storageDir] = [temporaryFolder(), temporaryFolder()];
  writeFiles(cwd, { 'code/dates.py': DATES });
  cpSync(TINY_NAMED, join(cwd, 'my/model'), { recursive: true });
  const at = { cwd, storageDir };
  const named = ['--path', 'code', '--model', 'my/model'];
  const { code, stdout, stderr } = await kenning(['search', ...named, '--explain', 'turn a string into a date'], at);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^dates\.py:1 {2}parse_date/);
  expect((await kenning(['status', ...named], at)).stdout).toMatch(/^model {6}.*model-[0-9a-f]{12}$/m);
  expect((await kenning(['why', ...named, 'dates.py'], at)).code).toBe(0);
  expect((await kenning(['search', '--path', 'code', 'parse date'], at)).code).toBe(0);
  const report = JSON.parse((await kenning(['index', ...named, '--json'], at)).stdout) as { embedded: number };
  expect(report.embedded).toBe(0);
  // Nothing but the indexes in what is the home folder here.
  expect(readdirSync(storageDir)).toEqual(['kenning']);
});

test.each([
  ['./nowhere', /^kenning: The model cannot be loaded: there is no folder .*nowhere\.\n$/],
  ['nonsense', /^kenning: "nonsense" names no model: .*\.\n$/],
  ['', /^kenning: --model names no model\.\n$/],
])('--model "%s" is one sentence and exit code 2', async (model, sentence) => {
  const at = { cwd: temporaryFolder(), storageDir: temporaryFolder() };
  const { code, stdout, stderr } = await kenning(['index', '--model', model], at);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(sentence);
});
