/** `kenning similar` as a user types it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';
import { type Finished, kenning, type Surroundings } from './command.ts';

const TOTAL =
  'def total_price(items, tax):\n    total = 0\n    for item in items:\n        total += item.price\n    return total * tax\n';
const FILES = {
  'shop/cart.py': `import shop\n\n\nclass Cart:\n${TOTAL.replace(/^(?=.)/gm, '    ')}`,
  'billing/twin.py': TOTAL,
  'billing/near.py': TOTAL.replaceAll('item', 'entry').replace('total_price', 'sum_of'),
  'web/draw.py': 'def draw_circle(canvas, radius):\n    canvas.arc(0, 0, radius)\n    canvas.stroke()\n',
};

let folder: string;
let storageDir: string;

beforeEach(() => {
  folder = temporaryFolder();
  storageDir = temporaryFolder();
  writeFiles(folder, FILES);
});

const run = (args: readonly string[], more: Partial<Surroundings> = {}): Promise<Finished> =>
  kenning(['similar', ...args], { cwd: folder, storageDir, ...more });
const firstLine = ({ stdout }: Finished): string => stdout.split('\n')[0]!;

test.each([
  ['the function on a line', 'billing/twin.py:3'],
  ['a range', 'billing/twin.py:1-5'],
  ['a whole file', 'billing/twin.py'],
])('%s', async (_, place) => {
  const finished = await run([place]);
  expect(finished).toMatchObject({ code: 0, stderr: '' });
  expect(firstLine(finished)).toBe('shop/cart.py:5  Cart.total_price  (method)');
  expect(finished.stdout).not.toContain('billing/twin.py');
});

test('the innermost function is meant, not its class', async () => {
  expect(firstLine(await run(['shop/cart.py:7']))).toBe('billing/twin.py:1  total_price  (function)');
});

test('code from standard input and from a file outside the folder', async () => {
  const all = await run(['--json', '-'], { stdin: TOTAL });
  const { query, results } = JSON.parse(all.stdout) as { query: string; results: { path: string }[] };
  expect([query, results.length]).toEqual(['', 5]);
  const outside = temporaryFolder();
  writeFileSync(join(outside, 'else.py'), TOTAL);
  expect((await run([join(outside, 'else.py:2')])).stdout).toContain('billing/twin.py:1');
});

test('--duplicates, --limit, --explain, and --path, from where a file is then taken', async () => {
  const elsewhere = { cwd: storageDir };
  const place = ['--path', folder, 'billing/twin.py:1'];
  const duplicates = await run(['--duplicates', '--json', ...place], elsewhere);
  const { results } = JSON.parse(duplicates.stdout) as { results: { path: string }[] };
  expect(results.map(({ path }) => path)).toEqual(['shop/cart.py']);
  expect((await run(['--limit', '1', ...place], elsewhere)).stdout.match(/^\S/gm)).toHaveLength(1);
  expect((await run(['--explain', ...place], elsewhere)).stdout).toMatch(/\n {4}score \d\.\d\d\n/);
  expect(await run(['--duplicates', 'web/draw.py:1'])).toMatchObject({ code: 1, stderr: '' });
});

describe('a mistake is one sentence and exit code 2', () => {
  test.each([
    [[], /^Name one file: kenning similar /],
    [['a', 'b'], /^Name one file: /],
    [['nowhere.py'], /^There is no file .*nowhere\.py\.$/],
    [['shop'], /^shop is no file: name one\.$/],
    [['web/draw.py:9'], /^web\/draw\.py has lines 1 to 4\.$/],
    [['web/draw.py:0'], /^web\/draw\.py has lines 1 to 4\.$/],
    [['web/draw.py:3-2'], /^Lines go upwards: web\/draw\.py:2-3\.$/],
    [
      ['shop/cart.py:1'],
      /^No function stands on line 1 of shop\/cart\.py: name its lines, as in shop\/cart\.py:3-9\.$/,
    ],
    [['-'], /^There is no code to compare\.$/],
    [['--limit', '0', 'web/draw.py'], /^--limit takes a whole number/],
  ])('kenning similar %j', async (args, sentence) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^kenning: [^\n]+\n$/);
    expect(stderr.slice('kenning: '.length, -1)).toMatch(sentence);
  });

  // Reading it fails whoever asks, root included.
  test.runIf(process.platform === 'linux')('a file that cannot be read', async () => {
    expect(await run(['/proc/self/mem'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'kenning: /proc/self/mem cannot be read (EIO).\n',
    });
  });
});
