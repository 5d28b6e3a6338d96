import { expect, test } from 'vitest';
import { plainText, reasonsOf, type ToldEvidence } from '../../src/core/explain.ts';

const NOTHING: ToldEvidence = { semantic: 0, lexical: 0, words: [], boosts: {} };
const told = (evidence: Partial<ToldEvidence>): string[] =>
  reasonsOf({ ...NOTHING, ...evidence }).map((reason) => `${reason.figure} ${plainText(reason)}`);

test('likeness comes first, then what was added and taken, the largest first', () => {
  const boosts = { name: 0.2, tests: -0.5, hits: 0.061, near: 0.05 };
  expect(told({ semantic: 0.934, lexical: 0.5, words: ['crash', 'restart'], boosts })).toEqual([
    '0.93 close to the question in meaning',
    '0.50 words of the question: crash, restart',
    '-0.50 test code, ranked lower',
    '+0.20 its name answers the question',
    '+0.06 more hits in this file',
    '+0.05 its file is open or was used lately',
  ]);
});

test.each([
  [1, 'close to the question in meaning'],
  [0.5, 'somewhat close to the question in meaning'],
  [0.1, 'not close to the question in meaning'],
])('a likeness of %d in meaning', (semantic, text) => expect(reasonsOf({ ...NOTHING, semantic })[0]?.text).toBe(text));

test('words that the shown part does not hold are told as such', () => {
  expect(told({ lexical: 0.3 })[1]).toBe('0.30 words of the question are in its code or comments');
  expect(told({})[1]).toBe('0.00 no word of the question is in it');
});

test.each(['brand new', 'constructor', '{0}', '__proto__x'])(
  'a boost of the unknown name %s stands for itself',
  (name) => {
    expect(told({ boosts: { [name]: 0.1 } })[2]).toBe(`+0.10 ${name}`);
  },
);

test('what is compared with code is told as such, in absolute figures', () => {
  const evidence = {
    semantic: 0.5,
    lexical: 0.25,
    words: ['parse', 'date'],
    boosts: {},
    comparedWith: 'code',
  } as const;
  expect(reasonsOf(evidence).map((reason) => `${reason.figure} ${plainText(reason)}`)).toEqual([
    '0.50 likeness to the code in meaning',
    '0.25 share of words in common with the code, such as: parse, date',
  ]);
  expect(reasonsOf({ ...evidence, words: [] }).map(plainText)[1]).toBe('share of words in common with the code');
});
