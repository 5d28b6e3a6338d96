import { describe, expect, test } from 'vitest';
import { readSearchInput, readSimilarInput } from '../../../src/core/agents/input.ts';
import { parseQuery } from '../../../src/core/query/parse-query.ts';

describe('search', () => {
  test.each([
    [{ query: ' retry a request ' }, 'retry a request'],
    [
      { query: 'x', path: 'src/my files', language: 'C++', kind: 'Class', tests: false },
      'x path:src/my*files lang:C++ kind:class -tests',
    ],
    [{ query: 'x', tests: true, path: null }, 'x +tests'],
  ])('%j', (input, query) => {
    expect(readSearchInput(input, [])).toEqual({ query, folder: null, limit: 10, maxTokens: null });
  });

  const [APP, WEB, LIB] = ['/home/me/app', '/home/me/app/web/', 'C:\\code\\lib'] as const;
  test.each([
    ['/home/me/app/src', APP, 'x path:/src'],
    ['/home/me/app', APP, 'x'],
    ['/home/me/app/', APP, 'x'],
    ['/home/me/app/web', WEB, 'x'],
    ['/home/me/app/web/my src/', WEB, 'x path:/my*src/'],
    ['/home/me/app/website', APP, 'x path:/website'],
    ['C:\\code\\lib\\a.ts', LIB, 'x path:/a.ts'],
    ['c:/code/lib', null, 'x path:c:/code/lib'],
    ['./src/', null, 'x path:./src/'],
    ['/elsewhere', null, 'x path:/elsewhere'],
    ['"src"', null, 'x path:*src*'],
    ['', null, 'x'],
  ])('narrowed by %s: asks %s for %s', (path, folder, query) => {
    for (const folders of [
      [APP, WEB, LIB],
      [LIB, WEB, APP],
    ])
      expect(readSearchInput({ query: 'x', path }, folders)).toMatchObject({ folder, query });
  });

  test('the filters are operators of the query', () => {
    const read = readSearchInput({ query: 'x', path: 'a b', language: 'c++', kind: 'method', tests: false }, []);
    expect(parseQuery('query' in read ? read.query : '')).toMatchObject({
      text: 'x',
      paths: ['a*b'],
      languages: ['cpp'],
      kinds: ['method'],
      tests: false,
    });
  });

  test.each(['Go', ' golang ', 'C++', 'c #', 'js', 'text', ''])('takes %j for a language', (language) => {
    expect(readSearchInput({ query: 'x', language }, [])).not.toHaveProperty('problem');
  });

  test.each([
    [undefined, '"query" is missing'],
    [null, 'The arguments are one JSON object.'],
    ['retry', 'The arguments are one JSON object.'],
    [['retry'], 'The arguments are one JSON object.'],
    [{ query: 'x', limit: 2.5 }, '"limit" is a whole number from 1 to 50, not 2.5.'],
    [{ query: 'x', limit: '5' }, '"limit" is a whole number, not "5".'],
    [{ query: 'x', language: 'klingon' }, '"language" is one of bash, c, cpp,'],
    [{ query: 'x', language: 'klingon' }, 'text, not "klingon".'],
    [{ query: 'x', tests: 'no' }, '"tests" is true or false, not "no".'],
  ])('refuses %j', (input, problem) => {
    expect(readSearchInput(input, [])).toEqual({ problem: expect.stringContaining(problem) });
  });
});

describe('similar', () => {
  const rest = { duplicatesOnly: false, limit: 10, maxTokens: null };

  test.each([
    [
      { path: 'a.ts', line: 3 },
      { code: null, path: 'a.ts', line: 3, ...rest },
    ],
    [
      { code: 'f()', limit: 2 },
      { code: 'f()', path: null, line: null, ...rest, limit: 2 },
    ],
  ])('%j', (input, expected) => {
    expect(readSimilarInput(input)).toEqual(expected);
  });

  test.each([
    [{}, 'Give either "code", or "path" and "line" together.'],
    [{ path: 'a.ts' }, 'Give either "code", or "path" and "line" together.'],
    [{ code: ' \n' }, '"code" is empty: give the code whose like is wanted.'],
    [{ path: 'a.ts', line: 0 }, '"line" is a whole number from 1 up, not 0.'],
  ])('refuses %j', (input, problem) => {
    expect(readSimilarInput(input)).toEqual({ problem });
  });
});
