import { describe, expect, test } from 'vitest';
import { parseQuery, type Query } from '../../../src/core/query/parse-query.ts';

const NOTHING: Query = {
  text: '',
  languages: [],
  notLanguages: [],
  paths: [],
  notPaths: [],
  kinds: [],
  notKinds: [],
  tests: null,
};

const CASES: readonly [string, Partial<Query>][] = [
  ['', {}],
  ['   ', {}],
  ['retry with backoff', { text: 'retry with backoff' }],
  ['lang:py retry', { text: 'retry', languages: ['python'] }],
  ['retry LANG:JS', { text: 'retry', languages: ['javascript', 'jsx'] }],
  ['-lang:go retry', { text: 'retry', notLanguages: ['go'] }],
  ['path:src/http -path:test retry', { text: 'retry', paths: ['src/http'], notPaths: ['test'] }],
  ['kind:class pool', { text: 'pool', kinds: ['class'] }],
  ['kind:fn pool', { text: 'pool', kinds: ['function', 'method', 'constructor'] }],
  ['kind:nonsense pool', { text: 'kind:nonsense pool' }],
  ['kind:toString pool', { text: 'kind:toString pool' }],
  ['kind:constructor', { kinds: ['constructor'] }],
  ['parse url -tests', { text: 'parse url', tests: false }],
  ['+test parse url', { text: 'parse url', tests: true }],
  ['run-tests quickly', { text: 'run-tests quickly' }],
  ['lang: python', { text: 'lang: python' }],
  ['http://host/path:80', { text: 'http://host/path:80' }],
];

describe('parseQuery', () => {
  test.each(CASES)('%j', (input, expected) => {
    expect(parseQuery(input)).toEqual({ ...NOTHING, ...expected });
  });
});
