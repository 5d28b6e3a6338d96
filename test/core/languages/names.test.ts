import { expect, test } from 'vitest';
import { LANGUAGE_NAMES } from '../../../src/core/languages/names.ts';
import { LANGUAGES, PLAIN_TEXT } from '../../../src/core/languages/registry.ts';

test('the names are those of the registry, and that of plain text', () => {
  expect(LANGUAGE_NAMES).toEqual([...LANGUAGES.map(({ id }) => id), PLAIN_TEXT]);
});
