/** The parts of chunking that need no syntax tree: pieces, leftovers, windows, comments, signatures, names. */
import { describe, expect, test } from 'vitest';
import { docAbove } from '../../../src/core/functions/doc-above.ts';
import { stripMarkers } from '../../../src/core/functions/doc-text.ts';
import { leftoverRuns } from '../../../src/core/functions/leftovers.ts';
import { lineWindows } from '../../../src/core/functions/line-windows.ts';
import { nameText, receiverType } from '../../../src/core/functions/names.ts';
import { pieces } from '../../../src/core/functions/pieces.ts';
import { signatureOf } from '../../../src/core/functions/signature.ts';
import { sourceLines } from '../../../src/core/functions/source-lines.ts';
import { elixir } from '../../../src/core/languages/elixir.ts';
import { go } from '../../../src/core/languages/go.ts';
import { javascript } from '../../../src/core/languages/javascript.ts';
import { lua } from '../../../src/core/languages/lua.ts';
import { languageOf } from '../../../src/core/languages/registry.ts';
import { rust } from '../../../src/core/languages/rust.ts';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('pieces', () => {
  test.each([
    ['80 rows stay whole', 80, [], [80]],
    ['borders are kept', 150, [20, 50, 105, 130], [50, 55, 45]],
    ['without borders every 60 rows', 150, [], [60, 60, 30]],
    ['a short rest joins the piece before', 128, [], [60, 68]],
    ['a border right at the start is no place to cut', 100, [1, 5], [60, 40]],
  ])('%s', (_what, count, borders, sizes) => {
    const cut = pieces(range(count), new Set(borders));
    expect(cut.map((piece) => piece.length)).toEqual(sizes);
    expect(cut.flat()).toEqual(range(count));
  });
});

describe('line windows', () => {
  test('a long line is clipped and the window stays small', () => {
    const [window] = lineWindows('data/big.txt', 'x'.repeat(100_000), 'text');
    expect(window).toMatchObject({ name: 'big.txt', kind: 'lines', startLine: 1, endLine: 1 });
    expect(window!.code).toHaveLength(400);
  });

  test('blank windows are none', () => {
    expect(lineWindows('a.txt', `first\n${'\n'.repeat(200)}last`, 'text').map(({ startLine }) => startLine)).toEqual([
      1, 171,
    ]);
  });
});

describe('leftovers', () => {
  test.each([
    ['imports alone say nothing', "import a from 'a';\n'use strict';", []],
    ['a licence at the head is left out', '/*\n * Copyright someone.\n */\nstart();', [[3]]],
    ['a few words of comment say nothing', '// TODO\n// more', []],
    ['a telling comment is kept', '// This module answers each of the questions that users ask.', [[0]]],
    ['rows far apart are two runs', `first();${'\n'.repeat(50)}second();`, [[0], [50]]],
  ])('%s', (_what, source, runs) => {
    const lines = sourceLines(source);
    expect(leftoverRuns(lines, range(lines.count), javascript)).toEqual(runs);
  });
});

describe('documentation above', () => {
  test.each([
    ['line comments', javascript, '// One.\n// Two.\nf', 'One.\nTwo.', []],
    ['a block', javascript, '/**\n * One.\n *\n * Two.\n */\nf', 'One.\n\nTwo.', []],
    ['a blank line parts', javascript, '// One.\n\nf', '', []],
    ['a comment behind code is not above', javascript, 'x(); // One.\nf', '', []],
    ['attributes below it', rust, '/// One.\n#[inline]\n#[must_use]\nf', 'One.', [1, 2]],
    ['directives are none', go, '// One.\n//\n//go:noinline\nf', 'One.', [2]],
    ['what is written for tools, below', javascript, '// One.\n// eslint-disable-next-line\nf', 'One.', []],
    ['what is written for tools, above', javascript, '/* istanbul ignore next */\n/** One. */\nf', 'One.', []],
    ['what is written for tools alone', go, '//nolint:errcheck\nf', '', []],
    ['rulers', javascript, '// ------\n// One.\n// ======\nf', 'One.', []],
    ['frames', javascript, '/*********\n * One.\n *********/\nf', 'One.', []],
    ['rows of code are no rulers', javascript, '// ```\n// f()\n// }\nf', '```\nf()\n}', []],
    ['a block of its own marks', lua, '--[[\n    One.\n      Two.\n]]\nf', 'One.\n  Two.', []],
    ['an attribute that is documentation', elixir, '@doc """\n  One.\n  """\n@spec f() :: 1\nf', 'One.', [3]],
  ])('%s', (_what, table, source, text, attributeRows) => {
    const lines = sourceLines(source);
    const above = docAbove(lines, lines.count - 1, 0, table);
    expect(above).toMatchObject({ text });
    expect(above.attributeRows.toSorted((a, b) => a - b)).toEqual(attributeRows);
  });

  test('rows above the floor belong to others', () => {
    expect(docAbove(sourceLines('// One.\n// Two.\nf'), 2, 1, javascript).text).toBe('Two.');
  });

  test('XML tags are dropped, other angles stay', () => {
    expect(stripMarkers(['/// <summary>A <b>list</b> of List<int>.</summary>'], javascript)).toBe(
      'A list of List<int>.',
    );
  });
});

describe('signatures', () => {
  test.each([
    ['ends before its body', 'function f(a,\n  b) { return; }', 'function f(a, b)'],
    ['comments among parameters are left out', 'function f(\n  // the first\n  a) { }', 'function f( a)'],
    ['an arrow is no part', 'const f = (a) => { }', 'const f = (a)'],
  ])('%s', (_what, source, signature) => {
    const place = { headIndex: 0, bodyIndex: source.indexOf('{'), node: { endIndex: source.length } };
    expect(signatureOf(source, place, ['//'])).toBe(signature);
  });

  test.each([
    ['def f(a), do: a', 'def f(a)'],
    ['defmacro f(a, do: block)', 'defmacro f(a, do: block)'],
    ['#define MAX(a) \\\n  (a)', '#define MAX(a)'],
    ['type Name = string;\nnext', 'type Name = string;'],
    ['data A = B | C', 'data A = B | C'],
  ])('without a body: %j', (source, signature) => {
    expect(signatureOf(source, { headIndex: 0, bodyIndex: -1, node: { endIndex: source.length } }, [])).toBe(signature);
  });
});

describe('names', () => {
  test.each([
    ['module.exports.parse', 'parse'],
    ['this.run', 'run'],
    ['Queue.prototype.push', 'Queue.push'],
    ['A::B::c', 'A.B.c'],
    ['Pool<Clock>::stop', 'Pool.stop'],
    ['Map<K, List<V>>::at', 'Map.at'],
    ['Vec<T>', 'Vec'],
    ['"on-exit"', 'on-exit'],
    ['`the service`', 'the service'],
    ['[]', '[]'],
    ['[]=', '[]='],
    ['(<+>)', '<+>'],
    ['<=>', '<=>'],
    ['name=', 'name='],
  ])('%s is %s', (text, name) => {
    expect(nameText(text)).toBe(name);
  });

  test.each([
    ['(s *Server[T])', 'Server'],
    ['(Key)', 'Key'],
    ['(m Map[K, V])', 'Map'],
  ])('the receiver %s is of type %s', (text, type) => {
    expect(receiverType(text)).toBe(type);
  });
});

describe('languages', () => {
  test.each([
    ['src/a.PY', '', 'python'],
    ['Rakefile', '', 'ruby'],
    ['bin/tool', '#!/usr/bin/env -S python3.12 -u\n', 'python'],
    ['bin/tool', '#!/bin/sh', 'bash'],
    ['a.h', 'int f(void);', 'c'],
    ['a.h', 'namespace a {}', 'cpp'],
    ['Pool.C', 'class Pool {};', 'cpp'],
    ['POOL.C', 'int f(void);', 'c'],
    ['a.h', '/* class A: nothing::of C++ */\nint f(void);', 'c'],
    ['LICENSE', 'text', undefined],
  ])('%s', (path, text, id) => {
    expect(languageOf(path, text)?.id).toBe(id);
  });
});
