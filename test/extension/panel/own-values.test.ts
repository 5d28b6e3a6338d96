import { expect, test } from 'vitest';
import { OwnValues } from '../../../src/extension/panel/own-values.ts';

type Step = readonly ['set', string] | readonly ['own' | 'typed', string];

test.each<[string, readonly Step[]]>([
  ['nothing was set', [['typed', 'a']]],
  [
    'what was set comes back once',
    [
      ['set', 'a'],
      ['own', 'a'],
      ['typed', 'a'],
    ],
  ],
  [
    'a late one is still the own',
    [
      ['set', 'a'],
      ['set', ''],
      ['own', 'a'],
      ['own', ''],
    ],
  ],
  [
    'one that is overtaken is not reported',
    [
      ['set', 'a'],
      ['set', 'b'],
      ['own', 'b'],
      ['typed', 'a'],
    ],
  ],
  [
    'set twice',
    [
      ['set', 'a'],
      ['set', 'b'],
      ['set', 'a'],
      ['own', 'a'],
      ['own', 'b'],
      ['own', 'a'],
      ['typed', 'b'],
    ],
  ],
  [
    'never reported, since the box held it already',
    [
      ['set', 'a'],
      ['typed', 'ab'],
      ['typed', 'a'],
    ],
  ],
  [
    'typed before the set value was there: both are news',
    [
      ['set', 'a'],
      ['typed', 'x'],
      ['typed', 'a'],
    ],
  ],
])('%s', (_, steps) => {
  const values = new OwnValues();
  for (const [kind, value] of steps) {
    if (kind === 'set') values.note(value);
    else expect(values.isEcho(value), `${kind} ${value}`).toBe(kind === 'own');
  }
});
