import { describe, expect, test } from 'vitest';
import { isFiltered, parseQuery, type Query } from '../../../src/core/query/parse-query.ts';

const NOTHING: Query = {
  text: '',
  languages: [],
  notLanguages: [],
  paths: [],
  notPaths: [],
  kinds: [],
  notKinds: [],
  tests: null,
  exact: [],
  notExact: [],
};

const CASES: readonly [string, Partial<Query>][] = [
  ['', {}],
  ['   ', {}],
  ['retry with backoff', { text: 'retry with backoff' }],
  ['lang:py retry', { text: 'retry', languages: ['python'] }],
  ['retry LANG:JS', { text: 'retry', languages: ['javascript', 'jsx'] }],
  ['-lang:go retry', { text: 'retry', notLanguages: ['go'] }],
  ['path:src/http -path:test retry', { text: 'retry', paths: ['src/http'], notPaths: ['test'] }],
  ['path:src\\http\\Client.ts retry', { text: 'retry', paths: ['src/http/client.ts'] }],
  ['path:./src -path:.\\Test retry', { text: 'retry', paths: ['src'], notPaths: ['test'] }],
  ['path:/src -path:\\lib retry', { text: 'retry', paths: ['/src'], notPaths: ['/lib'] }],
  ['path:./ -path:/ retry', { text: 'retry' }],
  ['path:.env -path:../x', { paths: ['.env'], notPaths: ['../x'] }],
  ['path:"src/My dir" retry', { text: 'retry', paths: ['src/my dir'] }],
  ['-path:"My dir" retry "my dir"', { text: 'retry my dir', notPaths: ['my dir'], exact: ['my dir'] }],
  ['lang:"Go" -lang:"py" kind:"class" x', { text: 'x', languages: ['go'], notLanguages: ['python'], kinds: ['class'] }],
  ['path:"src/my dir', { text: 'dir', paths: ['src/my'] }],
  ['"a path:"b c" d', { text: 'a path: b c" d', exact: ['a path:'] }],
  ['lang:"" kind:"thing" path:" x', { text: 'lang:"" kind:"thing" path:" x' }],
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
  ['"catch (e)"', { text: 'catch (e)', exact: ['catch (e)'] }],
  ['retry "catch  (e)" "x" now', { text: 'retry catch (e) x now', exact: ['catch (e)', 'x'] }],
  ['retry -"catch (e)"', { text: 'retry', notExact: ['catch (e)'] }],
  ['"lang:py -tests" lang:go', { text: 'lang:py -tests', exact: ['lang:py -tests'], languages: ['go'] }],
  ['"a""b"', { text: 'a "b"', exact: ['a'] }],
  ['an unclosed "quote here', { text: 'an unclosed "quote here' }],
  ['"', { text: '"' }],
  ['"" " "', { text: '"" " "' }],
  ['it\'s 5" wide', { text: 'it\'s 5" wide' }],
  ['say:"x" y', { text: 'say:"x" y' }],
  ['"e\u0301t\u00e9"', { text: '\u00e9t\u00e9', exact: ['\u00e9t\u00e9'] }],
  ['\uff50\uff41\uff52\uff53\uff45\u3000url', { text: 'parse url' }],
];

describe('parseQuery', () => {
  test.each(CASES)('%j', (input, expected) => {
    expect(parseQuery(input)).toEqual({ ...NOTHING, ...expected });
  });
});

test.each([
  ['retry with backoff', false],
  ['kind:nonsense retry', false],
  ['say "hello', false],
  ['lang:go retry', true],
  ['-path:vendor retry', true],
  ['retry -tests', true],
  ['retry +tests', true],
  ['"max retries" backoff', true],
  ['backoff -"max retries"', true],
])('%s is narrowed: %s', (input, narrowed) => {
  expect(isFiltered(parseQuery(input))).toBe(narrowed);
});

describe('what was pasted and not typed', () => {
  const LONG = 'abc '.repeat(5000);

  test('is cut where it tells no more, and what narrows it stands behind it', () => {
    const { text, tests, languages } = parseQuery(`${LONG} lang:go -tests`);
    expect(text.length).toBe(10_000);
    expect(LONG.startsWith(text)).toBe(true);
    expect({ tests, languages }).toEqual({ tests: false, languages: ['go'] });
  });

  test.each([`"${LONG}"`, `-"${LONG}"`, `path:"${LONG}"`, `-path:${LONG.replaceAll(' ', '')}`])(
    'is no operator',
    (input) => {
      expect(isFiltered(parseQuery(input))).toBe(false);
    },
  );

  test('is so many operators and no more', () => {
    const { paths, exact } = parseQuery(`${'path:x '.repeat(60)}${'"y" '.repeat(60)}`);
    expect([paths.length, exact.length]).toEqual([60, 40]);
  });
});
