/** Questions made of documentation: how they are read, indexed and refused. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHUNKER_VERSION } from '../../src/core/functions/version.ts';
import { RANKING } from '../../src/core/ranking/parameters.ts';
import type { Student } from '../../src/engine/embed/student.ts';
import { FORMAT_VERSION } from '../../src/engine/store/schema.ts';
import { INSTALL_DIR } from '../engine/install.ts';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';
import { BenchmarkError } from './benchmark.ts';
import { openCorpus } from './pools.ts';
import { readQuestionSets } from './question-sets.ts';
import { ask, scoresOf } from './scores.ts';
import { openSetIndex, preparedFiles } from './set-index.ts';

const made = (path: string, name: string, startLine: number, code: string, doc = '') => ({
  path,
  kind: 'function' as const,
  language: 'go',
  name,
  qualifiedName: name,
  signature: `func ${name}()`,
  doc,
  code,
  startLine,
  endLine: startLine + 4,
  part: null,
});
const FUNCTIONS = [
  made('mail/head.go', 'readHeader', 1, 'func readHeader() { return parse(line) }'),
  made('mail/send.go', 'sendMessage', 1, 'func sendMessage() { socket.write(message) }', 'Puts it on the wire.'),
  made('mail/head.go', 'foldLine', 9, 'func foldLine() { return wrap(text, width) }'),
];
const SET = {
  name: 'mail',
  language: 'go',
  functions: FUNCTIONS,
  questions: [
    {
      query: 'wraps a long line of text',
      category: 'doc',
      relevant: [{ path: 'mail/head.go', start_line: 9, end_line: 13 }],
    },
    { query: 'sending messages through a socket', category: 'head', relevant: ['mail/send.go'] },
  ],
};

function folderWith(set: unknown): string {
  const dir = temporaryFolder();
  writeFileSync(join(dir, 'mail.json'), JSON.stringify(set));
  return dir;
}

describe('readQuestionSets', () => {
  test('reads functions and what is asked', () => {
    const { name, language, functions, questions: queries } = SET;
    const digest = expect.stringMatching(/^[0-9a-f]{16}$/);
    expect(readQuestionSets(folderWith(SET))).toEqual([{ name, language, functions, queries, digest }]);
  });

  test('sets come by name, and other functions have another digest', () => {
    const dir = temporaryFolder();
    const other = { ...SET, name: 'b', functions: FUNCTIONS.slice(1) };
    writeFiles(dir, { 'b.json': JSON.stringify(other), 'a.json': JSON.stringify(SET), 'notes.txt': 'none' });
    const [a, b] = readQuestionSets(dir);
    expect([a!.name, b!.name]).toEqual(['mail', 'b']);
    expect(a!.digest).not.toBe(b!.digest);
  });

  const [question] = SET.questions;
  test.each([
    ['null', null],
    ['a list', []],
    ['no functions', { ...SET, functions: undefined }],
    ['a function without code', { ...SET, functions: [{ ...FUNCTIONS[0], code: undefined }] }],
    ['a function without lines', { ...SET, functions: [{ ...FUNCTIONS[0], startLine: '1' }] }],
    ['a question without a target', { ...SET, questions: [{ ...question, relevant: [] }] }],
    ['a question of another kind', { ...SET, questions: [{ ...question, category: 'symbol' }] }],
    ['a null among the questions', { ...SET, questions: [null] }],
  ])('refuses %s in one sentence', (_, set) => {
    const dir = folderWith(set);
    expect(() => readQuestionSets(dir)).toThrow(BenchmarkError);
    expect(() => readQuestionSets(dir)).toThrow(/^[^\n]+\.$/);
  });

  test.each(['', 'nowhere'])('refuses a folder without questions: %j', (name) => {
    expect(() => readQuestionSets(join(temporaryFolder(), name))).toThrow(/holds no \.json/);
  });
});

describe('an index of parsed functions', () => {
  test('holds each file once, its functions in their order', () => {
    const files = preparedFiles(FUNCTIONS, '{name}: {path}');
    expect(files.map(({ path, functions }) => [path, functions.map(({ text }) => text)])).toEqual([
      ['mail/head.go', ['readHeader: mail/head.go', 'foldLine: mail/head.go']],
      ['mail/send.go', ['sendMessage: mail/send.go']],
    ]);
    expect(files[0]!.functions[0]!.fn).not.toHaveProperty('path');
  });

  test('is filled once', async () => {
    const storage = temporaryFolder();
    const texts: string[] = [];
    const student: Student = {
      dimensions: 2,
      fingerprint: 'made-1',
      codeTemplate: '{name}',
      embedQuery: async () => new Float32Array([1, 0]),
      embedCode: async (batch) => {
        texts.push(...batch);
        return batch.map(() => new Float32Array([0, 1]));
      },
      dispose: async () => {},
    };
    const identity = { format: FORMAT_VERSION, chunker: CHUNKER_VERSION, model: student.fingerprint };
    const [set] = readQuestionSets(folderWith(SET));
    for (const _ of ['first', 'again']) {
      const store = await openSetIndex(set!, storage, identity, student);
      expect(store.counts()).toEqual({ files: 2, functions: 3 });
      store.close();
    }
    expect(texts).toEqual(['readHeader', 'foldLine', 'sendMessage']);
  });

  test('answers as a checkout would', async () => {
    const sets = readQuestionSets(folderWith(SET));
    const corpus = await openCorpus({ repositories: [], sets }, temporaryFolder(), INSTALL_DIR);
    const asked = await ask(corpus);
    await corpus.close();
    expect(asked.map(({ suite, repository, language }) => [suite, repository, language])).toEqual([
      ['doc', 'mail', 'go'],
      ['head', 'mail', 'go'],
    ]);
    expect(scoresOf(asked, RANKING)).toEqual([1, 1]);
  });
});

describe('the command', () => {
  test.each([
    [['--no-benchmark']],
    [['--no-benchmark', '--questions', 'none', 'bench']],
    [['--no-benchmark', '--questions', 'none', '--write']],
    [['--no-benchmark', '--questions', 'there-is-no-such-folder']],
    [['--questions']],
  ])('%j is answered by one sentence and exit code 2', (args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', 'test/quality/eval.ts', ...args], {
      cwd: INSTALL_DIR,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.trim()).toMatch(/^[^\n]+$/);
  });
});
