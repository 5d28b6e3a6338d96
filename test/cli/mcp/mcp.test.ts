/** `kenning mcp` as a real client sees it: the SDK's, over the pipes of a real process. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { estimateTokens } from '../../../src/core/agents/fit.ts';
import { CART_GO, RETRY_TS } from '../../engine/sample-sources.ts';
import { temporaryFolder, writeFiles } from '../../engine/temporary.ts';
import { COMMAND, environment, kenning } from '../command.ts';
import { type Answer, type Connected, call, connect } from './client.ts';

const DATES_PY =
  'def parse_date(text):\n    """Turn text such as 3 May 2021 into a date."""\n    return strptime(text)\n';
const FILES = {
  'src/dates.py': DATES_PY,
  'src/retry.ts': RETRY_TS,
  'shop/cart.go': CART_GO,
  'tests/test_dates.py': 'def test_parse_date():\n    assert parse_date("3 May 2021").day == 3\n',
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`many/step${i}.py`, longStep(i)])),
};

function longStep(i: number): string {
  const lines = Array.from({ length: 30 }, (_, line) => `    total_${line} = value * ${line} + ${i}`);
  return `def normalise_reading_${i}(value):\n    """Normalise one reading of the sensor."""\n${lines.join('\n')}\n    return total_0\n`;
}

let folder: string;
let storageDir: string;
let served: Connected;
const ask = (name: string, args?: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<Answer> =>
  call(served.client, name, args, signal);
const places = ({ data }: Answer): string[] =>
  (data.results as { path: string; name: string }[]).map(({ path, name }) => `${path} ${name}`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kenning-test-'));
  storageDir = mkdtempSync(join(tmpdir(), 'kenning-test-'));
  writeFiles(folder, FILES);
  served = await connect({ args: [folder], cwd: storageDir, storageDir });
});

afterAll(async () => {
  await served.client.close();
  for (const dir of [folder, storageDir]) rmSync(dir, { recursive: true, force: true });
});

test('the tools tell a model when to use them and when not', async () => {
  const { tools } = await served.client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(['search_code', 'find_similar', 'index_status']);
  for (const { description, annotations, inputSchema } of tools) {
    expect(description).toMatch(/Use it /);
    expect(description).toMatch(/Do not use it |not needed/);
    expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
    expect(inputSchema.type).toBe('object');
  }
  expect(served.client.getServerVersion()).toMatchObject({ name: 'kenning' });
  expect(served.client.getInstructions()).toContain('grep');
});

describe('search_code', () => {
  test('answers with place, symbol, kind, score and code, as text and as data', async () => {
    const answer = await ask('search_code', { query: 'turn a string into a date', tests: false });
    expect(answer.isError).toBe(false);
    expect(answer.text.split('\n\n')[0]).toMatch(
      /^1\. src\/dates\.py:1-3 parse_date \(function, score \d\.\d\d\)\n```python\ndef parse_date\(text\):\n/,
    );
    expect(answer.data).toMatchObject({ complete: true, notes: [] });
    expect((answer.data.results as object[])[0]).toMatchObject({
      path: 'src/dates.py',
      startLine: 1,
      endLine: 3,
      name: 'parse_date',
      kind: 'function',
      code: DATES_PY.trimEnd(),
    });
  });

  test.each([
    [{ tests: true }, ['tests/test_dates.py test_parse_date']],
    [{ path: 'src/', language: 'python' }, ['src/dates.py parse_date']],
    [{ path: 'src/', kind: 'function', limit: 1 }, ['src/dates.py parse_date']],
  ])('narrowed by %j', async (filters, expected) => {
    expect(places(await ask('search_code', { query: 'parse a date', ...filters }))).toEqual(expected);
  });

  test('nothing found says what to try instead', async () => {
    const answer = await ask('search_code', { query: 'parse a date', language: 'haskell' });
    expect(answer).toMatchObject({ isError: false, data: { results: [] } });
    expect(answer.text).toMatch(/^Nothing found among \d+ indexed functions\. .*grep/);
  });

  test.each([200, 400, 1000, 4000])('keeps within %i tokens', async (maxTokens) => {
    const { text, data } = await ask('search_code', { query: 'normalise a sensor reading', limit: 12, maxTokens });
    expect(estimateTokens(text)).toBeLessThanOrEqual(maxTokens);
    expect(estimateTokens(JSON.stringify(data))).toBeLessThanOrEqual(maxTokens);
    expect((data.results as object[]).length).toBeGreaterThan(0);
  });

  test('a larger budget shows more code', async () => {
    const [small, large] = await Promise.all(
      [800, 4000].map((maxTokens) => ask('search_code', { query: 'normalise a sensor reading', maxTokens })),
    );
    expect(small!.text).toContain('more lines');
    expect(large!.text.length).toBeGreaterThan(2 * small!.text.length);
  });

  test('what was written just before a question is found, moved or gone as it is now, with nothing that may be missing', async () => {
    const moon = join(folder, 'src/moon.py');
    const asked = () => ask('search_code', { query: 'phase of the moon', limit: 1 });
    writeFileSync(moon, 'def moon_phase(day):\n    return day % 29\n');
    const found = await asked();
    expect(places(found)).toEqual(['src/moon.py moon_phase']);
    expect(found.data).toMatchObject({ complete: true, notes: [] });
    writeFileSync(moon, `${'# moved down\n'.repeat(20)}def moon_phase(day):\n    return day % 29\n`);
    expect((await asked()).data.results).toMatchObject([
      { startLine: 21, code: expect.stringContaining('moon_phase') },
    ]);
    rmSync(moon);
    expect(places(await asked())).not.toContain('src/moon.py moon_phase');
  });

  test('copies are told beside the one that is listed', async () => {
    const copy = 'def slug_of(title):\n    return "-".join(title.lower().split())\n';
    const paths = ['a', 'b', 'c'].map((name) => `copies/${name}.py`);
    writeFiles(folder, Object.fromEntries(paths.map((path) => [path, copy])));
    const answers = [
      await ask('search_code', { query: 'slug of a title', limit: 1 }),
      await ask('find_similar', { code: copy, duplicatesOnly: true }),
    ];
    for (const { data, text } of answers) {
      const [{ path, also }] = data.results as [{ path: string; also: { path: string }[] }];
      expect([path, ...also.map((same) => same.path)].sort()).toEqual(paths);
      for (const each of paths) expect(text).toContain(`${each}:1-2`);
    }
    rmSync(join(folder, 'copies'), { recursive: true });
  });
});

describe('find_similar', () => {
  test.each([
    ['a place', { path: 'many/step3.py', line: 20 }],
    ['an absolute path', () => ({ path: join(folder, 'many/step3.py'), line: 1 })],
  ])('of %s leaves the place itself out', async (_, args) => {
    const found = places(await ask('find_similar', { ...(typeof args === 'function' ? args() : args), limit: 5 }));
    expect(found).toHaveLength(5);
    expect(found.every((place) => /^many\/step\d+\.py /.test(place))).toBe(true);
    expect(found).not.toContain('many/step3.py normalise_reading_3');
  });

  test('of a text', async () => {
    const code = 'async function again(task) {\n  await sleep(2 ** task.attempt);\n}\n';
    expect(places(await ask('find_similar', { code, limit: 1 }))).toEqual(['src/retry.ts retryWithBackoff']);
    const none = await ask('find_similar', { code: 'completely.other(things)', duplicatesOnly: true });
    expect(none).toMatchObject({ isError: false, data: { results: [] } });
  });

  test.each([
    [{}, 'Give either "code", or "path" and "line" together.'],
    [
      { path: 'src/gone.py', line: 1 },
      /^There is no source file src\/gone\.py in .*: give a path as search_code returns/,
    ],
    [{ path: '../../etc/passwd', line: 1 }, /^There is no source file /],
    [{ path: 'shop/cart.go', line: 1 }, /^No function or type stands on line 1 of shop\/cart\.go: /],
  ])('%j is refused with the next step', async (args, sentence) => {
    const { isError, text } = await ask('find_similar', args);
    expect(isError).toBe(true);
    expect(text).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
  });
});

describe('mistakes', () => {
  test.each([
    ['search_code', {}, '"query" is missing: describe in plain English what the code does.'],
    ['search_code', { query: '   ' }, '"query" is missing: describe in plain English what the code does.'],
    ['search_code', { query: 3 }, '"query" is a string, not 3.'],
    ['search_code', { query: 'x', limit: 0 }, '"limit" is a whole number from 1 to 50, not 0.'],
    ['search_code', { query: 'x', maxTokens: 1e9 }, '"maxTokens" is a whole number from 200 to 50000, not 1000000000.'],
    ['search_code', { query: 'x', kind: 'macro' }, /^"kind" is one of function, .*, not "macro"\.$/],
    ['search_code', { query: 'x', top_k: 5 }, /^There is no argument "top_k"; known are query, path, .*\.$/],
  ])('%s %j is answered with one sentence', async (name, args, sentence) => {
    const { isError, text } = await ask(name, args);
    expect(isError).toBe(true);
    expect(text).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
  });

  test('an unknown tool is an error of the protocol that names the tools', async () => {
    await expect(ask('grep_code')).rejects.toThrow('There is no tool "grep_code"; there are search_code, ');
  });

  test('a folder that does not exist ends the command with a sentence', async () => {
    const { code, stdout, stderr } = await kenning(['mcp', 'nowhere'], { cwd: folder, storageDir });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^kenning: There is no folder .*nowhere\.\n$/);
  });

  test('an index that cannot be made is told to the model with the next step', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const broken = await connect({ cwd: folder, storageDir, env: { KENNING_STORAGE: file } });
    const { isError, text } = await call(broken.client, 'search_code', { query: 'parse a date' });
    expect(isError).toBe(true);
    expect(text).toMatch(/^The index folder .* cannot be made \(E\w+\)\. .*use grep/);
    expect((await call(broken.client, 'index_status')).text).toContain('cannot be made');
    await broken.client.close();
  });
});

test('index_status tells each folder', async () => {
  const other = temporaryFolder();
  writeFiles(other, { 'src/dates.py': DATES_PY, '.env': 'SECRET=1\n' });
  const fresh = await connect({ args: [other], cwd: storageDir, storageDir });
  await call(fresh.client, 'search_code', { query: 'anything' });
  const { text, data } = await call(fresh.client, 'index_status');
  await fresh.client.close();
  expect(text).toMatch(/: 1 function of 1 file indexed; complete; last updated .*Z; left out: 1 secret$/);
  expect(data.folders).toEqual([
    expect.objectContaining({ folder: other, files: 1, complete: true, updatedAt: expect.stringMatching(/^2.*Z$/) }),
  ]);
});

test('several folders: one ranked list, absolute paths; one that cannot be searched is a note', async () => {
  const other = temporaryFolder();
  writeFiles(other, { 'lru.rb': 'class LruCache\n  def evict_oldest\n    @entries.shift\n  end\nend\n' });
  const both = await connect({ args: [folder, other, folder], cwd: storageDir, storageDir });
  const { text } = await call(both.client, 'search_code', { query: 'evict the oldest entry', limit: 1 });
  expect(text).toContain(`1. ${other}/lru.rb:2-4 LruCache.evict_oldest (method`);
  expect(((await call(both.client, 'index_status')).data.folders as object[]).length).toBe(2);
  await both.client.close();
});

test('a folder that has gone away is told: the answer is of what it was', async () => {
  const own = temporaryFolder();
  writeFiles(own, { 'src/dates.py': DATES_PY });
  const gone = await connect({ args: [own], cwd: storageDir, storageDir });
  expect((await call(gone.client, 'search_code', { query: 'parse a date' })).data.complete).toBe(true);
  rmSync(own, { recursive: true });
  const { data, text } = await call(gone.client, 'search_code', { query: 'parse a date' });
  await gone.client.close();
  expect(data.complete).toBe(false);
  expect(text).toContain('Changes to files are not taken up: ');
});

test('--no-update reads an index that another process keeps', async () => {
  const own = temporaryFolder();
  const place = { cwd: own, storageDir: temporaryFolder() };
  writeFiles(own, { 'src/dates.py': DATES_PY });
  const reader = await connect({ ...place, args: ['--no-update'] });
  const before = await call(reader.client, 'search_code', { query: 'parse a date' });
  expect(before).toMatchObject({ data: { results: [], complete: false } });
  expect(before.text).toContain(
    'The index is partial: 0 functions so far. What is missing here may exist, so grep as well.',
  );
  await kenning(['index'], place);
  const after = await call(reader.client, 'search_code', { query: 'parse a date' });
  expect(places(after)).toEqual(['src/dates.py parse_date']);
  await reader.client.close();
});

test('a cancelled call ends at once for the client, and the server goes on', async () => {
  const cancel = new AbortController();
  const asked = ask('search_code', { query: 'parse a date' }, cancel.signal);
  cancel.abort(new Error('no more wanted'));
  await expect(asked).rejects.toThrow('no more wanted');
  expect((await ask('search_code', { query: 'parse a date' })).isError).toBe(false);
});

describe('the bare protocol', () => {
  const HELLO = {
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  };
  const SEARCH = { method: 'tools/call', params: { name: 'search_code', arguments: { query: 'parse a date' } } };

  /** Writes the lines, waits for so many answers, closes standard input. */
  async function talk(
    lines: readonly string[],
    answers: number,
    end = '\n',
  ): Promise<{ ids: number[]; stderr: string; code: unknown; longest: number }> {
    const child = spawn(process.execPath, [COMMAND, 'mcp'], { cwd: folder, env: environment(storageDir) });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.stdin.write(lines.join('\n') + end);
    await expect.poll(() => output.stdout.split('\n').length - 1, { timeout: 60_000 }).toBe(answers);
    child.stdin.end();
    const code = await ended;
    // Every line is a message: nothing else may stand on standard output.
    const told = output.stdout.trimEnd().split('\n');
    const ids = told.map((line) => (JSON.parse(line) as { id: number }).id);
    return { ids, stderr: output.stderr, code, longest: Math.max(...told.map(({ length }) => length)) };
  }

  const request = (id: number, body: object): string => JSON.stringify({ jsonrpc: '2.0', id, ...body });

  test('garbage on standard input harms nothing, and its end ends the process', async () => {
    const garbage = ['no JSON at all', '{"jsonrpc":"2.0"}', '[]', '\u0000\u00ff', ''];
    const { ids, stderr, code } = await talk([...garbage, request(1, HELLO), request(2, { method: 'tools/list' })], 2);
    expect({ ids, code }).toEqual({ ids: [1, 2], code: 0 });
    expect(stderr.trimEnd().split('\n').length).toBeGreaterThanOrEqual(4);
    expect(stderr).toMatch(/^(kenning mcp: .*\n)+$/);
  });

  test('what is of the wrong type, too deep or too much is answered with one short sentence, and the next call as ever', async () => {
    const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const values = [
      'null',
      '0',
      '-1.5',
      '1e999',
      'true',
      '""',
      '[]',
      '{}',
      '{"a":{"b":1}}',
      nested(2000),
      JSON.stringify('x '.repeat(500_000)),
    ];
    const fields = [
      'query',
      'path',
      'language',
      'kind',
      'tests',
      'limit',
      'maxTokens',
      'code',
      'line',
      'duplicatesOnly',
      'x'.repeat(100_000),
    ];
    const calls = fields.flatMap((field) =>
      values.map((value) => `{"query":"date","code":"f()",${JSON.stringify(field)}:${value}}`),
    );
    const lines = ['search_code', 'find_similar', 'index_status'].flatMap((name, tool) =>
      calls.map(
        (input, i) =>
          `{"jsonrpc":"2.0","id":${1000 * (tool + 1) + i},"method":"tools/call","params":{"name":"${name}","arguments":${input}}}`,
      ),
    );
    const strange = [
      request(2, { method: 'tools/call', params: { name: 'x'.repeat(100_000), arguments: {} } }),
      request(3, { method: 'tools/call', params: { name: ['search_code'] } }),
      request(4, { method: 'tools/call' }),
      request(5, { method: 'nothing/of/the/kind', params: {} }),
    ];
    const { ids, longest, code } = await talk(
      [request(1, HELLO), ...strange, ...lines, request(9, SEARCH)],
      6 + lines.length,
    );
    expect({ answered: new Set(ids).size, code }).toEqual({ answered: 6 + lines.length, code: 0 });
    expect(longest).toBeLessThan(40_000);
  }, 120_000);

  test('half a message and the end of input end the process', async () => {
    const { ids, code } = await talk([request(1, HELLO), request(2, SEARCH).slice(0, 40)], 1, '');
    expect({ ids, code }).toEqual({ ids: [1], code: 0 });
  });

  test('a call that is cancelled is never answered', async () => {
    const cancelled = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 2 } });
    const { ids } = await talk([request(1, HELLO), request(2, SEARCH), cancelled, request(3, SEARCH)], 2);
    expect(ids).toEqual([1, 3]);
  });
});
