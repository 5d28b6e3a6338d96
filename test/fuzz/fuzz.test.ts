/** The fuzz for a moment: thirty files of each language. `npm run fuzz` has ten thousand, and looks at memory. */
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/core/languages/registry.ts';
import { campaign } from './campaign.ts';

const FILES = 30;

test.each(LANGUAGES.map(({ id }) => id))('mutated %s files are read, cut and tokenised', async (language) => {
  const { failures, fates } = await campaign({ language, seed: 7, files: FILES });
  expect(failures).toEqual([]);
  // Most of them must get as far as the parser, or nothing is tested.
  expect(fates.parsed).toBeGreaterThan(FILES / 2);
});
