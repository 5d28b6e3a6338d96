import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../src/core/query/parse-query.ts';
import { pathTest } from '../../../src/core/query/path-test.ts';

/** As a query gives it. */
const fits = (pattern: string, path: string, folder?: string): boolean =>
  pathTest(parseQuery(`path:"${pattern}"`).paths[0]!, folder)(path);

describe('stars', () => {
  const CASES: readonly [pattern: string, path: string, fits: boolean][] = [
    ['*', 'a.ts', true],
    ['src/*.ts', 'src/a.ts', true],
    ['src/*.ts', 'src/http/a.ts', false],
    ['src/**.ts', 'src/http/a.ts', true],
    ['src/**/a*.ts', 'src/b/x/ab.ts', true],
    ['src/**/a*.ts', 'src/b/a/b.ts', false],
    ['a*b*c', 'a/ab/abc', true],
    ['a*b*c', 'ab/bc', false],
    ['a**b*c', 'a/b/b/bc', true],
    ['a**b*c', 'ab/c', false],
    ['*/http', 'src/http/a.ts', true],
    ['/*/http', 'src/http/a.ts', true],
    ['/*/http', 'lib/src/http/a.ts', false],
    ['/**/http', 'lib/src/http/a.ts', true],
    ['/*.ts', 'src/a.ts', false],
    ['/src***a', 'src/http/a.ts', true],
    ['a+b(', 'a+b(c', true],
    ['[id]/*', 'app/[id]/page.tsx', true],
    ['**', 'a', true],
    ['src/**/*.ts', 'src/a.ts', true],
    ['src/**/*.ts', 'src/http/b/a.ts', true],
    ['src/**/*.ts', 'srcs/a.ts', false],
    ['**/*.ts', 'a.ts', true],
    ['**/http/*.ts', 'http/a.ts', true],
    ['**/http/*.ts', 'xhttp/a.ts', false],
    ['/**/http', 'http/a.ts', true],
    ['src/**/', 'src/a.ts', true],
    ['src**/a', 'src/a.ts', true],
    ['src**/a', 'src.ts/b', false],
    ['*/http', 'http/a.ts', false],
    ['/a/**/**/b', 'a/b', true],
  ];
  test.each(CASES)('%s in %s: %s', (pattern, path, expected) => {
    expect(fits(pattern, path)).toBe(expected);
  });

  test('are never busy for long, however many there are', () => {
    const path = `${'src/main/java/org/example/'.repeat(20)}Client.java`;
    expect(fits(`${'**a'.repeat(12)}**q`, path)).toBe(false);
    expect(fits(`${'*'.repeat(40)}q`, path)).toBe(false);
    expect(fits(`${'*a'.repeat(12)}*q`, 'a'.repeat(1000))).toBe(false);
    expect(fits(`${'*a'.repeat(12)}*`, 'a'.repeat(1000))).toBe(true);
  });
});

test('accents fit, in whatever form a system keeps names', () => {
  expect(fits('caf\u00e9', 'src/CAFE\u0301/a.ts')).toBe(true);
  expect(fits('cafe\u0301', 'src/caf\u00e9/a.ts')).toBe(true);
  expect(fits('cafe/', 'src/caf\u00e9/a.ts')).toBe(false);
});

describe('absolute paths', () => {
  const CASES: readonly [pattern: string, folder: string, path: string, fits: boolean][] = [
    ['/home/me/Project/src', '/home/me/Project', 'src/a.ts', true],
    ['/home/me/Project/src/*.ts', '/home/me/Project', 'src/a.ts', true],
    ['/home/me/Project/src', '/home/me/Project', 'lib/src/a.ts', false],
    ['/home/me/Project', '/home/me/Project', 'src/a.ts', true],
    ['/home/me/Project/', '/home/me/Project', 'src/a.ts', true],
    ['/home/me/Other/src', '/home/me/Project', 'src/a.ts', false],
    ['/home/me/Project2/src', '/home/me/Project', 'src/a.ts', false],
    ['C:\\Work\\App\\src', 'c:\\Work\\App', 'src/a.ts', true],
    ['C:\\Work\\Other\\src', 'c:\\Work\\App', 'src/a.ts', false],
    ['/app', '/app', 'app/models/a.rb', true],
    ['/app', '/app', 'lib/a.rb', false],
    ['/app/models', '/app', 'app/models/a.rb', true],
    ['/app/models', '/app', 'models/a.rb', true],
    ['/src', '/', 'src/a.ts', true],
  ];
  test.each(CASES)('%s of %s: %s', (pattern, folder, path, expected) => {
    expect(fits(pattern, path, folder)).toBe(expected);
  });
});
