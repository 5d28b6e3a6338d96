/** The command line where things go less smoothly: odd queries and names, races, ends by force, closed pipes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { RETRY_TS } from '../engine/sample-sources.ts';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';
import { COMMAND, type Finished, kenning, type Surroundings } from './command.ts';

const FILES = {
  'src/retry.ts': RETRY_TS,
  'src/passwords.py':
    'def hash_password(password):\n    """Derives a salted hash for safe storage."""\n    return pbkdf2(password, salt())\n\n\ndef read_rows(name):\n    """Reads a comma separated file."""\n    return split_commas(open(name))\n',
  'test/test_passwords.py': 'def test_hash_password():\n    assert hash_password("a") != "a"\n',
  'geo/lib.rs':
    '/// The distance between two points.\npub fn euclidean_distance(a: Point, b: Point) -> f64 {\n    hypot(a, b)\n}\n',
  'java/Invoice.java':
    'public class Invoice {\n  /** Adds the value added tax. */\n  public long grossPrice(int taxPercent) {\n    return net + net * taxPercent / 100;\n  }\n}\n',
};

interface Answer {
  readonly query: string;
  readonly results: readonly { readonly path: string; readonly name: string; readonly score: number }[];
}

let folder: string;
let storageDir: string;

beforeEach(() => {
  folder = temporaryFolder();
  storageDir = temporaryFolder();
  writeFiles(folder, FILES);
});

const run = (args: readonly string[], more: Partial<Surroundings> = {}): Promise<Finished> =>
  kenning(args, { cwd: folder, storageDir, ...more });

async function json<T>(...args: string[]): Promise<T> {
  return JSON.parse((await run([...args, '--json'])).stdout) as T;
}

const search = (...args: string[]): Promise<Answer> => json<Answer>('search', ...args);

const lines = (text: string): string[] => text.split('\n').filter(Boolean);

describe('questions', () => {
  test.each([
    ['try again after an error', 'retryWithBackoff'],
    ['store a password safely', 'hash_password'],
    ['read a csv file', 'read_rows'],
    ['how far apart are two points', 'euclidean_distance'],
    ['price including tax', 'Invoice.grossPrice'],
  ])('%s', async (query, name) => {
    const { results } = await search(query);
    expect(results[0]?.name).toBe(name);
    const scores = results.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  test.each([
    [['hash', 'password', '-tests'], 'test/'],
    [['-tests hash password'], 'test/'],
    [['-lang:python', 'hash', 'password'], '.py'],
    [['-path:src', 'hash', 'password'], 'src/'],
    [['hash', 'password', '-"src"'], 'src/'],
  ])('%j: a negated filter needs no quotes', async (words, unwanted) => {
    const { results } = await search(...words);
    expect(results.length).toBeGreaterThan(0);
    expect(results.filter(({ path }) => path.includes(unwanted))).toEqual([]);
  });

  test('negated filters beside "-" count for each line', async () => {
    const args = ['search', '--json', '-', '-tests', '-path:src'];
    const { code, stdout } = await run(args, { stdin: 'hash password\ntwo points\n' });
    const answers = lines(stdout).map((line) => JSON.parse(line) as Answer);
    expect(answers.map(({ query }) => query)).toEqual([
      'hash password -tests -path:src',
      'two points -tests -path:src',
    ]);
    expect(new Set(answers.flatMap(({ results }) => results.map(({ path }) => path.split('/')[0])))).toEqual(
      new Set(['geo', 'java']),
    );
    expect(code).toBe(0);
    expect((await run(['search', '-', '-tests'])).stderr).toMatch(/standard input are answered in JSON only/);
  });

  test('words after "--" are never options', async () => {
    const { code, stdout } = await run(['search', '--json', '--', '--limit', 'password']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Answer).query).toBe('--limit password');
    for (const word of ['--help', '-h']) {
      expect(JSON.parse((await run(['search', '--json', '--', word])).stdout)).toMatchObject({ query: word });
    }
  });

  test('--limit cuts the list', async () => {
    expect((await search('--limit', '1', 'password')).results).toHaveLength(1);
    expect((await search('--limit', '1000', 'password')).results.length).toBeGreaterThan(1);
  });

  test.each(['', '\n\n', 'password', '\u0000\u001b[31m ((((', '🔐 пароль 密码\n', `${'word '.repeat(5000)}\nlast\n`])(
    'standard input %#: a line of JSON for each line',
    async (stdin) => {
      const { code, stdout, stderr } = await run(['search', '-', '--json'], { stdin });
      const asked = stdin === '' ? [] : stdin.replace(/\n$/, '').split('\n');
      const answers = lines(stdout).map((line) => JSON.parse(line) as Answer);
      expect(stderr).toBe('');
      expect(answers.map(({ query }) => query)).toEqual(asked);
      expect(code).toBe(answers.some(({ results }) => results.length > 0) ? 0 : 1);
    },
  );
});

describe('files', () => {
  test.each(['name with spaces.py', "quote's.py", 'größe/Привет/数.py', '-dash.py', 'a\nb.py', '%s$HOME.py'])(
    '%j is found by its own name',
    async (path) => {
      writeFiles(folder, { [path]: 'def lunar_eclipse(year):\n    """When the moon goes dark."""\n    return year\n' });
      expect((await search('lunar eclipse')).results[0]).toMatchObject({ path, name: 'lunar_eclipse' });
      const chunks = lines((await run(['chunk', '--jsonl'])).stdout).map(
        (line) => JSON.parse(line) as { path: string },
      );
      expect(chunks.map((chunk) => chunk.path)).toContain(path);
    },
  );

  test('a name or a line of code cannot command the terminal', async () => {
    writeFiles(folder, { 'evil\u001b[2J\n.py': 'def lunar_eclipse(year="\u001b[31m"):\n    return year\n' });
    const { stdout } = await run(['search', '--limit', '1', 'lunar eclipse']);
    expect(stdout).toBe(
      'evil\ufffd[2J\ufffd.py:1  lunar_eclipse  (function)\n    def lunar_eclipse(year="\ufffd[31m"):\n',
    );
  });

  test('a folder whose name has spaces and accents', async () => {
    const odd = join(folder, 'Mein Projekt é');
    mkdirSync(odd);
    writeFiles(odd, { 'a.py': 'def lunar_eclipse(year):\n    return year\n' });
    expect((await search('--path', 'Mein Projekt é', 'eclipse')).results[0]?.path).toBe('a.py');
  });

  test('an edit embeds only what it changed', async () => {
    await run(['index']);
    writeFiles(folder, { 'src/passwords.py': FILES['src/passwords.py'].replace('split_commas', 'split_all_commas') });
    expect(await json('index')).toMatchObject({ filesParsed: 1, embedded: 1 });
  });

  test('nothing in the folder changes, not even a time', async () => {
    const state = (): unknown[] =>
      readdirSync(folder, { recursive: true }).map((name) => {
        const { mtimeMs, size } = statSync(join(folder, String(name)));
        return [name, mtimeMs, size];
      });
    const before = state();
    for (const args of [['index'], ['search', 'x'], ['status'], ['why', 'geo/lib.rs'], ['chunk', '--jsonl']]) {
      await run(args);
    }
    expect(state()).toEqual(before);
  });
});

test('nothing is left in the home folder: no device id, no event waiting to be sent', async () => {
  const home = temporaryFolder();
  await run(['search', 'password'], { env: { HOME: home, CI: '', ORT_DISABLE_TELEMETRY: '0' } });
  expect(readdirSync(home, { recursive: true })).toEqual([]);
});

describe('why', () => {
  test('a file without anything to find is indexed', async () => {
    writeFiles(folder, { 'empty/note.py': '# nothing here\n' });
    await run(['index']);
    const { code, stdout } = await run(['why', 'empty/note.py']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^empty\/note\.py is indexed: \d+ functions?, python\.\n$/);
  });

  test('a path is taken from where the user is, or from --path', async () => {
    await run(['index']);
    const inside = await run(['why', '--path', '..', 'src/retry.ts'], { cwd: join(folder, 'src') });
    expect(inside.stdout).toBe('src/retry.ts is indexed: 1 function, typescript.\n');
    expect((await run(['why', join(folder, 'src/retry.ts')])).stdout).toBe(inside.stdout);
  });

  test('--json gives the rule and its place', async () => {
    writeFiles(folder, { '.ignore': '\nout.ts\n', 'out.ts': 'function f() {}\n' });
    expect(await json('why', 'out.ts')).toEqual({
      path: 'out.ts',
      indexed: false,
      skip: { code: 'ignored', rule: 'out.ts', source: '.ignore:2' },
    });
    expect(await json('why', 'geo/lib.rs')).toMatchObject({ path: 'geo/lib.rs', indexed: true });
  });
});

const ENOUGH = 150;

/** Files enough that an update of them takes several batches. */
function writeMany(): void {
  const functions = (file: number): string =>
    Array.from({ length: 20 }, (_, i) => `def compute_${file}_${i}(a):\n    return a + ${i}\n`).join('\n');
  writeFiles(
    folder,
    Object.fromEntries(Array.from({ length: ENOUGH }, (_, file) => [`many/${file}.py`, functions(file)])),
  );
}

/** Sends the signal once the index is being written. */
function endedBy(signal: NodeJS.Signals): Promise<Finished> {
  const hasBegun = (): boolean =>
    readdirSync(storageDir, { recursive: true }).some((name) => String(name).endsWith('writer.lock'));
  return run(['index'], {
    onStart: (send) => {
      const timer = setInterval(() => {
        if (!hasBegun()) return;
        clearInterval(timer);
        send(signal);
      }, 2);
    },
  });
}

describe('ends and races', () => {
  test('Ctrl-C during index says so, and the next run goes on', async () => {
    writeMany();
    const { code, stdout, stderr } = await endedBy('SIGINT');
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(lines(stdout).at(-1)).toBe('Stopped before the end; the next run goes on from here.');
    expect(await json('index')).toMatchObject({ cancelled: false, files: ENOUGH + 5 });
    expect(await json('status')).toMatchObject({ complete: true });
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    '%s during index leaves an index that the next run completes',
    async (signal) => {
      writeMany();
      expect((await endedBy(signal)).code).not.toBe(0);
      expect(await json('index')).toMatchObject({ cancelled: false, files: ENOUGH + 5 });
      expect((await search('hash password')).results[0]?.name).toBe('hash_password');
    },
  );

  test('two runs of index at once: each does the work or says who does', async () => {
    writeMany();
    const both = await Promise.all([run(['index', '--json']), run(['index', '--json'])]);
    for (const { code, stdout, stderr } of both) {
      if (code === 0) expect(JSON.parse(stdout)).toMatchObject({ files: ENOUGH + 5 });
      else
        expect({ code, stdout, stderr }).toEqual({
          code: 2,
          stdout: '',
          stderr: 'kenning: Another process is bringing this index up to date.\n',
        });
    }
    expect(both.map(({ code }) => code)).toContain(0);
    expect(await json('index')).toMatchObject({ files: ENOUGH + 5, embedded: 0 });
  });

  test('a reader that closes the pipe ends every command quietly', async () => {
    writeMany();
    for (const args of [
      ['chunk', '--jsonl'],
      ['search', '--limit', '1000', 'compute'],
      ['search', '--json', '-'],
    ]) {
      const child = spawn(process.execPath, [COMMAND, ...args], {
        cwd: folder,
        env: { HOME: storageDir, KENNING_STORAGE: storageDir },
      });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      child.stdin.on('error', () => {}).end('compute\n'.repeat(2000));
      child.stdout.once('data', () => child.stdout.destroy());
      const [code] = (await once(child, 'close')) as [number | null];
      expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
    }
  });
});
