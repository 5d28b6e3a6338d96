/** `kenning status --verify`, `index --rebuild` and `gc`, as a user types them. */
import { globSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { CART_GO, RETRY_TS } from '../engine/sample-sources.ts';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';
import { type Finished, kenning } from './command.ts';

let folder: string;
let storageDir: string;

beforeEach(() => {
  folder = join(temporaryFolder(), 'shop');
  storageDir = temporaryFolder();
  writeFiles(folder, { 'retry.ts': RETRY_TS, 'cart.go': CART_GO });
});

const run = (...args: string[]): Promise<Finished> => kenning(args, { cwd: storageDir, storageDir });
const inFolder = (...args: string[]): Promise<Finished> => run(...args, '--path', folder);

function damage(): void {
  const [file] = globSync('kenning/*/*/index.db', { cwd: storageDir });
  const bytes = readFileSync(join(storageDir, file!));
  const at = bytes.indexOf('func (c *Cart) Total()');
  expect(at).toBeGreaterThan(0);
  bytes.write('F', at);
  writeFileSync(join(storageDir, file!), bytes);
}

describe('status --verify', () => {
  test('of a sound index says what was looked at', async () => {
    await inFolder('index');
    const { code, stdout, stderr } = await inFolder('status', '--verify');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe(`folder  ${folder}`);
    expect(lines.slice(1, -1).every((line) => line.startsWith('ok     '))).toBe(true);
    expect(lines).toHaveLength(9);
    expect(lines.at(-1)).toMatch(/^The index is sound \(\d+\.\d s\)\.$/);
  });

  test('of a damaged one says what is wrong and what mends it, and the next run does', async () => {
    await inFolder('index');
    damage();
    const { code, stdout } = await inFolder('status', '--verify', '--json');
    expect(code).toBe(1);
    const report = JSON.parse(stdout) as { checks: { area: string; problems: string[] }[] };
    expect(report).toMatchObject({ folder, sound: false, remedy: expect.stringContaining('kenning index') });
    expect(report.checks.filter(({ problems }) => problems.length > 0)).toEqual([
      {
        area: 'functions',
        checked: expect.any(String),
        problems: [expect.stringMatching(/cart\.go is not as it was written\.$/)],
      },
    ]);
    const { stdout: found } = await inFolder('search', 'sum of the prices of a cart');
    expect(found).toContain('func (c *Cart) Total()');
    expect((await inFolder('status', '--verify')).code).toBe(0);
  });

  test('in words', async () => {
    await inFolder('index');
    damage();
    const { stdout } = await inFolder('status', '--verify');
    expect(stdout).toMatch(
      /\nwrong {2}\d+ functions: .*\n {7}The function \d+ of cart\.go is not as it was written\.\n/,
    );
    expect(stdout).toMatch(/\nThe index is damaged\. .*in any case\.\n$/);
  });
});

test('index --rebuild makes everything again', async () => {
  await inFolder('index');
  expect(JSON.parse((await inFolder('index', '--json')).stdout)).toMatchObject({ filesParsed: 0, embedded: 0 });
  expect(JSON.parse((await inFolder('index', '--rebuild', '--json')).stdout)).toMatchObject({ filesParsed: 2 });
});

describe('gc', () => {
  test('lists what there is and keeps it', async () => {
    await inFolder('index');
    const { code, stdout, stderr } = await run('gc');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^kept {5} +[\d.]+ k?B {2}used \d{4}-\d\d-\d\d {2}\S+\/shop \(kenning-s1-\w+\)\n/);
    expect(stdout).toMatch(/\n0 B freed; 1 index of [\d.]+ kB kept\.\n$/);
  });

  test('removes the index of a folder that is gone, unless it is a dry run', async () => {
    await inFolder('index');
    renameSync(folder, `${folder}-2`);
    const dry = await run('gc', '--dry-run');
    expect(dry.stdout).toMatch(
      /^to go .*shop \(kenning-s1-\w+\): its folder is gone\n[\d.]+ kB would be freed; 0 indexes of 0 B kept\.\n$/,
    );
    expect(JSON.parse((await run('gc', '--json')).stdout)).toMatchObject({
      removed: [{ folder, reason: 'folder-gone' }],
    });
    expect((await run('gc')).stdout).toBe('0 B freed; 0 indexes of 0 B kept.\n');
  });

  test('over a budget removes what was not used for longest', async () => {
    await inFolder('index');
    expect((await run('gc', '--budget', '1GB')).stdout).toContain('1 index');
    const { stdout } = await run('gc', '--budget', '1 kB');
    expect(stdout).toMatch(/^removed .*: unused for longest, over the budget\n/);
  });

  test.each(['0', '0GB', '5', '-1GB', 'much', ''])('a budget of "%s" is one sentence', async (budget) => {
    const { code, stderr } = await run('gc', `--budget=${budget}`);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `kenning: --budget takes a size such as 500MB or 2GB, not "${budget}".\n`,
    });
  });
});
