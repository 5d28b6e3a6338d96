import { expect, test } from 'vitest';
import { answerText } from '../../src/cli/answer-text.ts';
import type { Hit, SameHit, SearchAnswer } from '../../src/engine/api/search.ts';

const HIT: Hit = {
  path: 'src/pool.ts',
  startLine: 4,
  endLine: 9,
  name: 'Pool.stop',
  kind: 'method',
  language: 'typescript',
  score: 1.234,
  preview: 'stop(): void {',
  why: { semantic: 0.9, lexical: 0.5, words: ['stop'], boosts: { name: 0.2, tests: -0.5 } },
};
const answer = (results: readonly Hit[], functions = 3): SearchAnswer => ({
  query: 'stop',
  results,
  index: { functions, complete: true, generation: 1 },
  timings: { embedMs: 0, searchMs: 0, totalMs: 0 },
});
const same = (path: string, name: string, startLine: number): SameHit => ({
  path,
  name,
  startLine,
  endLine: startLine,
});
const text = (hit: Partial<Hit>, explain = false): string => answerText(answer([{ ...HIT, ...hit }]), explain, PLAIN);
const PLAIN = { colours: false };
const HEAD = 'src/pool.ts:4  Pool.stop  (method)\n    stop(): void {\n';

test('of many that a hit stands for, three are named', () => {
  const also = Array.from({ length: 86 }, (_, i) => ({ path: 'old/pool.ts', startLine: i, endLine: i, name: 'halt' }));
  expect(text({ also })).toMatch(
    /also: old\/pool\.ts:0 halt, old\/pool\.ts:1 halt, old\/pool\.ts:2 halt and 83 more\n$/,
  );
});

test.each([undefined, []])('a hit that stands for itself alone takes two lines (also: %j)', (also) => {
  expect(text(also ? { also } : {})).toBe(HEAD);
});

test('what a hit stands for besides itself follows, copies in other files with their path', () => {
  const also = [same('src/pool.ts', 'Pool.stop', 12), same('old/pool.ts', 'Pool.halt', 5)];
  expect(text({ also })).toBe(`${HEAD}    also: Pool.stop:12, old/pool.ts:5 Pool.halt\n`);
  expect(text({ also }, true)).toMatch(/\n {4}also: .*\n {4}score/);
});

test('an explained hit lists its reasons, figures below each other', () => {
  expect(text({}, true)).toBe(
    `${HEAD}${[
      'score 1.23',
      '  +0.54  among the nearest in meaning of those looked at',
      '  +0.20  words of the description: stop',
      '  -0.50  test code, ranked lower',
      '  +0.20  its name fits the description',
    ]
      .map((line) => `    ${line}\n`)
      .join('')}`,
  );
});

test('names of strangers cannot move the cursor', () => {
  const also = [same('src/pool.ts', 'a\u001b[2J', 1)];
  const why = { ...HIT.why, words: ['\u0007bell'], boosts: { 'x\u001b': 1 } };
  expect(text({ also, why }, true).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('no hits are told as such, an empty index too', () => {
  expect(answerText(answer([]), false, PLAIN)).toBe('Nothing found among 3 functions.\n');
  expect(answerText(answer([], 0), false, PLAIN)).toContain('Nothing is indexed here');
});
