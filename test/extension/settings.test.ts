/** Settings as a settings file may hold them, which keeps to no schema. */
import { beforeEach, expect, test } from 'vitest';
import { maxResults } from '../../src/extension/settings.ts';
import { configuration } from './fake-vscode.ts';

beforeEach(() => configuration.clear());

test.each([
  [undefined, 30],
  [7, 7],
  [7.6, 8],
  [0, 1],
  [-5, 1],
  [1e9, 200],
  [Number.NaN, 30],
  ['12', 30],
  [null, 30],
])('kenning.maxResults: %j asks for %s', (value, expected) => {
  configuration.set('kenning.maxResults', value);
  expect(maxResults()).toBe(expected);
});
