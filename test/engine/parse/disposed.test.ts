/** A parser that is disposed of while it still has something to read, as when a folder is opened anew in the midst of a search. */
import { expect, test } from 'vitest';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { createParser } from '../../../src/engine/parse/parser.ts';
import { INSTALL_DIR } from '../install.ts';

const SOURCE = 'def parse_date(text):\n    return text\n';

test('a reading that waits for its grammar ends, and the next parser reads as ever', async () => {
  const first = await createParser(grammarDir(INSTALL_DIR));
  const reading = first.parse('dates.py', SOURCE);
  first.dispose();
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  await expect(first.parse('dates.py', SOURCE)).rejects.toMatchObject({ code: 'cancelled' });

  const second = await createParser(grammarDir(INSTALL_DIR));
  const { functions } = await second.parse('dates.py', SOURCE);
  expect(functions.map(({ name }) => name)).toEqual(['parse_date']);
  second.dispose();
});
