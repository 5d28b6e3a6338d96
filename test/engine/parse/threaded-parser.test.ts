/** Parsing in a thread: the same functions, in order, whatever becomes of the thread. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { createParser, type SourceParser } from '../../../src/engine/parse/parser.ts';
import { createThreadedParser, type ThreadedParserOptions } from '../../../src/engine/parse/threaded-parser.ts';
import { INSTALL_DIR } from '../install.ts';

const SOURCES = join(INSTALL_DIR, 'test', 'golden', 'sources');
const PYTHON = 'def parse_date(text):\n    return text\n';
const BAD_THREAD = pathToFileURL(join(import.meta.dirname, 'bad-thread.ts'));

let own: SourceParser;

beforeAll(async () => {
  own = await createParser(grammarDir(INSTALL_DIR));
});

afterAll(() => own.dispose());

function threaded(options: Partial<ThreadedParserOptions> = {}): SourceParser {
  const parser = createThreadedParser({ grammarDir: grammarDir(INSTALL_DIR), ...options });
  onTestFinished(() => parser.dispose());
  return parser;
}

test('every language reads as without it, all files asked for at once', async () => {
  const parser = threaded();
  const sources = readdirSync(SOURCES).map((name) => ({ name, text: readFileSync(join(SOURCES, name), 'utf8') }));
  const parsed = await Promise.all(sources.map(({ name, text }) => parser.parse(name, text)));
  expect(parsed.length).toBeGreaterThan(15);
  for (const [i, { name, text }] of sources.entries()) expect(parsed[i], name).toEqual(await own.parse(name, text));
});

test.each([
  ['that cannot start', pathToFileURL(join(import.meta.dirname, 'no-such-thread.ts'))],
  ['that ends before it can read', new URL('data:text/javascript,throw new Error()')],
  ['that is not heard of', new URL('data:text/javascript,for (;;);')],
])('a thread %s is done without', async (_, script) => {
  const parser = threaded({ script, silenceLimitMs: 500 });
  const parsed = await Promise.all(['hours.py', 'dates.py'].map((path) => parser.parse(path, PYTHON)));
  expect(parsed.map(({ problem }) => problem)).toEqual([null, null]);
  expect(parsed.map(({ functions }) => functions[0]!.name)).toEqual(['parse_date', 'parse_date']);
  expect((await parser.parse('later.py', PYTHON)).functions[0]!.name).toBe('parse_date');
});

test.each(['hang.py', 'crash.py'])(
  'at %s the thread is lost and the file is windows, others are read in a new one',
  async (bad) => {
    const parser = threaded({ script: BAD_THREAD, silenceLimitMs: 1000 });
    const [before, lost, next] = await Promise.all(['a.py', bad, 'b.py'].map((path) => parser.parse(path, PYTHON)));
    expect(lost).toMatchObject({ language: 'python', problem: 'the parser did not answer' });
    expect(lost!.functions.map(({ kind }) => kind)).toEqual(['lines']);
    const later = await parser.parse('c.py', PYTHON);
    expect(Number(next!.problem)).toBeGreaterThan(Number(before!.problem));
    expect(later.problem).toBe(next!.problem);
  },
);

test('the thread ends when there was nothing to parse for a while, and another begins with the next file', async () => {
  const parser = threaded({ script: BAD_THREAD, idleLimitMs: 20 });
  const first = await parser.parse('a.py', PYTHON);
  await setTimeout(200);
  expect(Number((await parser.parse('b.py', PYTHON)).problem)).toBeGreaterThan(Number(first.problem));
});

test('a file that takes all the memory there is costs the thread, and the next one is parsed', async () => {
  const parser = threaded();
  const text = `class A {\n  int add(int a) {\n    return a;\n  ${'a => '.repeat(4000)}}\n}\n`;
  expect((await parser.parse('Bomb.java', text)).problem).toMatch(/^the parser failed: Aborted/);
  expect((await parser.parse('dates.py', PYTHON)).problem).toBeNull();
});

test('a thread whose parser came to harm is replaced, and the new one parses what follows', async () => {
  const parser = threaded({ script: pathToFileURL(join(import.meta.dirname, 'breaking-thread.ts')) });
  const parsed = await Promise.all(['a.py', 'break.py', 'b.py', 'c.py'].map((path) => parser.parse(path, PYTHON)));
  const threads = parsed.map(({ problem }) => Number(problem));
  expect(threads[1]).toBe(threads[0]);
  expect(threads[2]).toBeGreaterThan(threads[1]!);
  expect(threads[3]).toBe(threads[2]);
});

test('what is not answered when it is disposed of is cancelled', async () => {
  const parser = threaded();
  const reading = parser.parse('dates.py', PYTHON);
  parser.dispose();
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  await expect(parser.parse('dates.py', PYTHON)).rejects.toMatchObject({ code: 'cancelled' });
});
