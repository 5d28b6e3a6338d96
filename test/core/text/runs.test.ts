/** A text taken apart run by run gives the words that it gives as a whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { onceForEachRun, runsOf } from '../../../src/core/text/runs.ts';
import { splitWords } from '../../../src/core/text/split-words.ts';

const SOURCES = join(import.meta.dirname, '../../golden/sources');
const CASES: readonly string[] = [
  'HTTPServer_v2.parseURLs(e\u0301te\u0301, $x1, __init__)',
  'ABCd ABC d XMLs XMLsé ΣΑΣ İstanbul',
  '検索する𝒳y a\u0301B\u0301c 12ab34_56',
  ...readdirSync(SOURCES).map((name) => readFileSync(join(SOURCES, name), 'utf8')),
];

test.each(CASES.map((text) => [text.slice(0, 40), text] as const))('%s', (_, text) => {
  expect(runsOf(text).flatMap((run) => splitWords(run))).toEqual(splitWords(text));
});

describe('what is worked out for a run', () => {
  test('is worked out once, unless too much is kept or the run is data', () => {
    const worked: string[] = [];
    const of = onceForEachRun(2, (run) => worked.push(run));
    const long = 'x'.repeat(100);
    for (const run of ['a', 'b', 'a', long, long, 'c', 'a']) of(run);
    expect(worked).toEqual(['a', 'b', long, long, 'c', 'a']);
  });
});
