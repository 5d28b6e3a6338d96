/** The command line in temporary folders, as a user types it. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { INSTALL_DIR } from '../engine/install.ts';
import { CART_GO, RETRY_TS } from '../engine/sample-sources.ts';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';
import { type Finished, kenning, type Surroundings } from './command.ts';

const FILES = {
  'src/dates.py':
    'def parse_date(text):\n    """Turn text such as 3 May 2021 into a date."""\n    return strptime(text)\n',
  'src/http client.ts': RETRY_TS,
  'src/größe/Корзина.go': CART_GO,
  '.gitignore': 'build/\n',
  'build/out.js': 'function generatedThing() {}\n',
  '.env': 'SECRET=1\n',
  'large.py': `x = 1\n${'# filler that fills a file\n'.repeat(170_000)}`,
  'logo.png': '\u0089PNG\u0000\u0001\u0000',
};
const ESCAPE = '\u001b';

let folder: string;
let storageDir: string;

beforeEach(() => {
  folder = temporaryFolder();
  storageDir = temporaryFolder();
  mkdirSync(join(folder, '.git'));
  writeFiles(folder, FILES);
});

const run = (args: readonly string[], more: Partial<Surroundings> = {}): Promise<Finished> =>
  kenning(args, { cwd: folder, storageDir, ...more });

async function json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const { stdout, stderr } = await run(args);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as T;
}

describe('search', () => {
  test.each([
    ['turn a string into a date', 'src/dates.py:1  parse_date  (function)'],
    ['wait longer after each failed attempt', 'src/http client.ts:2  retryWithBackoff  (function)'],
    ['add up prices of a cart', 'src/größe/Корзина.go:4  Cart.Total  (method)'],
  ])('%s', async (query, first) => {
    const { code, stdout, stderr } = await run(['search', query]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toBe(first);
    expect(stdout).not.toContain(ESCAPE);
  });

  test('words need no quotes, and --path names another folder', async () => {
    const { stdout } = await run(['search', '--path', folder, 'turn', 'text', 'into', 'a', 'date'], {
      cwd: storageDir,
    });
    expect(stdout).toContain('parse_date');
  });

  test('--explain says what each hit ranks by', async () => {
    const lines = (await run(['search', '--explain', 'parse a date'])).stdout.split('\n');
    expect(lines[2]).toMatch(/^ {4}score \d\.\d\d$/);
    expect(lines.slice(3, 5)).toEqual([
      '      +0.60  the nearest in meaning of those looked at',
      '      +0.40  words of the description: parse, date, dates',
    ]);
    expect(lines.slice(5)).toContainEqual(expect.stringMatching(/^ {6}\+\d\.\d\d {2}its name fits the description$/));
    expect((await run(['search', 'parse a date'])).stdout).not.toContain('score');
  });

  test('--json gives hits with their places, the index and the times', async () => {
    const answer = await json<{ results: Record<string, unknown>[] }>('search', '--json', '--limit', '2', 'date');
    expect(answer).toMatchObject({ query: 'date', index: { complete: true }, timings: {} });
    expect(answer.results.length).toBeLessThanOrEqual(2);
    expect(answer.results[0]).toMatchObject({
      path: 'src/dates.py',
      startLine: 1,
      endLine: 3,
      name: 'parse_date',
      kind: 'function',
      language: 'python',
      preview: 'def parse_date(text):',
    });
    expect(answer.results[0]!.score).toBeGreaterThan(0);
  });

  test('ranks for nobody in particular: no file is near', async () => {
    const { results } = await json<{ results: { why: { boosts: object } }[] }>('search', '--json', 'parse a date');
    const boosts = new Set(results.flatMap(({ why }) => Object.keys(why.boosts)));
    expect(boosts).toContain('name');
    expect(boosts).not.toContain('near');
  });

  test('"-" answers a line for each line, in order, blank ones and Windows ends too', async () => {
    const { code, stdout } = await run(['search', '--json', '-'], { stdin: 'a date\r\n\nretry with backoff\r\n' });
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { query: string; results: { name: string }[] });
    expect(answers.map(({ query }) => query)).toEqual(['a date', '', 'retry with backoff']);
    expect(answers.map(({ results }) => results[0]?.name)).toEqual(['parse_date', undefined, 'retryWithBackoff']);
    expect(code).toBe(0);
  });

  test('operators narrow; nothing found is exit code 1 and said', async () => {
    expect((await run(['search', 'lang:go', 'a date'])).stdout).not.toContain('parse_date');
    const nothing = await run(['search', 'lang:haskell', 'a date']);
    expect(nothing).toMatchObject({
      code: 1,
      stderr: '',
      stdout: expect.stringMatching(/^Nothing found among \d+ functions\.\n$/),
    });
  });

  test('a language and a kind that there is none of are said, and the rest is answered', async () => {
    const { code, stdout, stderr } = await run(['search', '-lang:cobol', 'kind:monad', 'a date']);
    expect(stderr).toMatch(
      /^Kenning knows no kind monad; it knows function, .*\.\nKenning knows no language cobol; it knows bash, .*, zig, text\.\n$/,
    );
    expect({ code, found: stdout.includes('parse_date') }).toEqual({ code: 0, found: true });
  });

  test('so they are of each line of standard input, those of the command once', async () => {
    const lines = 'lang:go a date\nlang:cobol a date\na date\n';
    const { stdout, stderr } = await run(['search', '--json', '-', '-lang:fortran77'], { stdin: lines });
    const said = stderr.match(/no language [^;]+/g);
    expect(said).toEqual(['no language fortran77', 'no language cobol']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
  });

  test('a question of 10,000 characters is answered', async () => {
    expect((await run(['search', 'parse date '.repeat(1000)])).code).toBe(0);
  });

  test('a folder without code is said', async () => {
    const { code, stdout } = await run(['search', 'anything'], { cwd: temporaryFolder() });
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: 'Nothing is indexed here: the folder holds no code that Kenning reads.\n',
    });
  });
});

describe('a mistake is one sentence and exit code 2', () => {
  test.each([
    [['sherch', 'x'], 'There is no command "sherch"; kenning --help lists them.'],
    [['search'], /^Nothing to search for: kenning search .*$/],
    [['search', '-'], 'Queries from standard input are answered in JSON only: add --json.'],
    [['search', '--limit', '0', 'x'], '--limit takes a whole number from 1 to 1000, not "0".'],
    [['search', '--limit', 'ten', 'x'], '--limit takes a whole number from 1 to 1000, not "ten".'],
    [['search', '--limit', '1001', 'x'], '--limit takes a whole number from 1 to 1000, not "1001".'],
    [['search', '--colour', 'x'], /^Unknown option '--colour'\. \(kenning --help lists the commands\.\)$/],
    [['search', '--path', 'nowhere', 'x'], /^There is no folder .*nowhere\.$/],
    [['search', '--path', 'src/dates.py', 'x'], /dates\.py is a file, not a folder\.$/],
    [['why'], 'Name one file: kenning why [--path DIR] FILE'],
    [['why', 'a', 'b'], 'Name one file: kenning why [--path DIR] FILE'],
    [['why', 'src'], 'src is a folder: name one file.'],
    [['index', 'src'], '"src" is one word too many: a folder goes after --path.'],
    [['status', 'src'], '"src" is one word too many: a folder goes after --path.'],
    [['chunk', '--jsonl', 'src'], '"src" is one word too many: a folder goes after --path.'],
    [['index', '--path', ''], '--path names no folder.'],
    [['index', '--limit', '3'], /^Unknown option '--limit'\. /],
    [['search', 'x', '--path'], /^Option '--path <value>' argument missing\. /],
    [['search', 'x', '--json=1'], /^Option '--json' does not take an argument\. /],
    [['search', '  '], /^Nothing to search for: /],
    [['chunk'], 'chunk prints JSON lines only: kenning chunk --jsonl [--path DIR]'],
  ])('kenning %j', async (args, sentence) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^kenning: [^\n]+\n$/);
    expect(stderr.slice('kenning: '.length, -1)).toEqual(
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    );
  });

  test('a storage folder that is a file', async () => {
    writeFileSync(join(storageDir, 'file'), '');
    const { code, stderr } = await run(['index'], { env: { KENNING_STORAGE: join(storageDir, 'file') } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^kenning: The index folder [^\n]* cannot be made \(E\w+\)\.\n$/);
  });

  test('no command at all shows the help', async () => {
    expect(await run([])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('kenning search') });
  });

  test("--version is the manifest's", async () => {
    const { version } = JSON.parse(readFileSync(join(INSTALL_DIR, 'package.json'), 'utf8'));
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `kenning ${version}\n`, stderr: '' });
  });

  test.each([['help'], ['--help'], ['-h'], ['search', '--help'], ['search', '-h', 'x']])(
    '%s is no mistake',
    async (...args) => {
      const { code, stdout, stderr } = await run(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('kenning search');
    },
  );
});

describe('index', () => {
  test('reports what it did, and does nothing the second time', async () => {
    const first = await json('index', '--json');
    expect(first).toMatchObject({ files: 3, filesParsed: 3, cancelled: false });
    expect(first.embedded).toBe(first.functions);
    expect(await json('index', '--json')).toMatchObject({ filesParsed: 0, embedded: 0, functions: first.functions });
    expect((await run(['index'])).stdout).toMatch(
      /^3 files, \d+ functions, .* on disk\n0 files parsed and 0 functions embedded/,
    );
  });

  test('follows an edit, a new name and a removal', async () => {
    await run(['index']);
    writeFiles(folder, { 'src/dates.py': `${FILES['src/dates.py']}\n\ndef moon_phase(day):\n    return day % 29\n` });
    expect(await json('index', '--json')).toMatchObject({ filesParsed: 1, embedded: 1 });
    renameSync(join(folder, 'src/dates.py'), join(folder, 'src/calendar.py'));
    expect((await run(['search', 'phase of the moon'])).stdout).toMatch(/^src\/calendar\.py:6 {2}moon_phase/);
    rmSync(join(folder, 'src/calendar.py'));
    expect((await run(['search', 'phase of the moon'])).stdout).not.toContain('moon_phase');
  });

  test('writes nothing into the folder', async () => {
    const before = readdirSync(folder, { recursive: true });
    await run(['index']);
    await run(['search', 'date']);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  test('four times at once: all end, and the index is whole', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => run(['search', 'a date'])));
    for (const { code, stderr } of all) {
      expect([0, 1]).toContain(code);
      expect(stderr).toMatch(/^$|is bringing this index up to date\. Searching what is indexed so far\.\n$/);
    }
    expect(await json('status', '--json')).toMatchObject({ complete: true, files: 3 });
  });

  test('Ctrl-C keeps what is done; the next run does the rest', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 120 }, (_, f) => [
        `many/${f}.py`,
        Array.from({ length: 20 }, (_, i) => `def compute_${f}_${i}(a):\n    return a + ${i}\n`).join('\n'),
      ]),
    );
    writeFiles(folder, many);
    const { code, stderr } = await interrupted();
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'kenning: Stopped before the index was up to date.\n' });
    const before = await json<{ functions: number }>('status', '--json');
    expect(before).toMatchObject({ complete: false });
    const rest = await json<{ functions: number; embedded: number }>('index', '--json');
    expect(rest.embedded).toBe(rest.functions - before.functions);
  });
});

/** Interrupts a search when it has begun to write: the lock is taken before the first file is read. */
async function interrupted(): Promise<Finished> {
  const hasBegun = (): boolean =>
    readdirSync(storageDir, { recursive: true }).some((name) => String(name).endsWith('writer.lock'));
  const running = run(['search', 'x'], {
    onStart: (interrupt) => {
      const timer = setInterval(() => {
        if (!hasBegun()) return;
        clearInterval(timer);
        interrupt();
      }, 2);
    },
  });
  return running;
}

test('status tells the state, before and after', async () => {
  expect((await run(['status'])).stdout).toMatch(
    /indexed {4}0 functions of 0 files \(not complete: run kenning index\)/,
  );
  await run(['index']);
  const { stdout, code } = await run(['status']);
  expect(code).toBe(0);
  expect(stdout).toContain(folder);
  expect(stdout).toMatch(/indexed {4}\d+ functions of 3 files\n/);
  expect(stdout).toMatch(/skipped {4}.*1 secret/);
});

test.each([
  ['src/dates.py', 0, /^src\/dates\.py is indexed: 1 function, python\.\n$/],
  ['build/out.js', 1, /build\/.*\.gitignore/],
  ['.env', 1, /secret/i],
  ['large.py', 1, /larger|MB/],
  ['logo.png', 1, /\.png|binary/],
  ['nowhere.py', 1, /nowhere\.py/],
  ['../elsewhere.py', 1, /outside/],
])('why %s', async (file, code, sentence) => {
  await run(['index']);
  const answer = await run(['why', file]);
  expect(answer).toMatchObject({ code, stderr: '' });
  expect(answer.stdout).toMatch(sentence);
  expect(answer.stdout.trimEnd().split('\n')).toHaveLength(1);
});

test('why a new file is not found yet', async () => {
  expect((await run(['why', 'src/dates.py'])).stdout).toBe(
    `src/dates.py will be indexed by the next run of kenning index in ${folder}.\n`,
  );
});

test('chunk prints a function a line and keeps nothing', async () => {
  const { code, stdout } = await run(['chunk', '--jsonl']);
  expect(code).toBe(0);
  const chunks = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { path: string; name: string; code: string });
  expect(chunks.find(({ name }) => name === 'parse_date')).toMatchObject({
    path: 'src/dates.py',
    doc: 'Turn text such as 3 May 2021 into a date.',
    startLine: 1,
    endLine: 3,
  });
  expect(readdirSync(storageDir)).toEqual([]);
});
