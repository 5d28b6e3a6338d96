import { expect, test } from 'vitest';
import { plainText, reasonsOf, type ToldEvidence } from '../../src/core/explain.ts';
import { SIMILARITY } from '../../src/core/ranking/parameters.ts';

const NOTHING: ToldEvidence = { semantic: 0, lexical: 0, words: [], boosts: {} };
const told = (evidence: Partial<ToldEvidence>): string[] =>
  reasonsOf({ ...NOTHING, ...evidence }).map((reason) => `${reason.figure} ${plainText(reason)}`);

test('likeness comes first, then what was added and taken, the largest first', () => {
  const boosts = { name: 0.2, tests: -0.5, hits: 0.061, near: 0.05 };
  expect(told({ semantic: 0.934, lexical: 0.5, words: ['crash', 'restart'], boosts })).toEqual([
    '+0.56 among the nearest in meaning of those looked at',
    '+0.20 words of the description: crash, restart',
    '-0.50 test code, ranked lower',
    '+0.20 its name fits the description',
    '+0.06 more results in this file',
    '+0.05 its file is open or was used lately',
  ]);
});

test.each([
  [1, 'the nearest in meaning of those looked at'],
  [0.9, 'among the nearest in meaning of those looked at'],
  [0.5, 'neither near nor far in meaning among those looked at'],
  [0.1, 'among the farthest in meaning of those looked at'],
])('a likeness of %d in meaning', (semantic, text) => expect(reasonsOf({ ...NOTHING, semantic })[0]?.text).toBe(text));

test('words that the shown part does not hold are told as such', () => {
  expect(told({ lexical: 0.3 })[1]).toBe('+0.12 words of the description are in its code or comments');
  expect(told({})[1]).toBe('+0.00 no word of the description is in it');
});

test.each(['brand new', 'constructor', '{0}', '__proto__x'])(
  'a boost of the unknown name %s stands for itself',
  (name) => {
    expect(told({ boosts: { [name]: 0.1 } })[2]).toBe(`+0.10 ${name}`);
  },
);

test('the figures of what is compared with code add up to the score', () => {
  const [semantic, lexical] = [0.9, 0.4];
  const reasons = reasonsOf({ ...NOTHING, semantic, lexical, comparedWith: 'code' });
  const score = (1 - SIMILARITY.overlapShare) * semantic + SIMILARITY.overlapShare * lexical;
  expect(reasons.reduce((sum, { figure }) => sum + Number(figure), 0)).toBeCloseTo(score, 1);
});

test('what is compared with code is told as such', () => {
  const evidence = {
    semantic: 0.5,
    lexical: 0.25,
    words: ['parse', 'date'],
    boosts: {},
    comparedWith: 'code',
  } as const;
  expect(reasonsOf(evidence).map((reason) => `${reason.figure} ${plainText(reason)}`)).toEqual([
    '+0.28 likeness to the code in meaning',
    '+0.11 words in common with the code, such as: parse, date',
  ]);
  expect(reasonsOf({ ...evidence, words: [] }).map(plainText)[1]).toBe('words in common with the code');
});
