/** One thread for all folders: it goes with the last of them, and none of them ends another's reading. */
import { expect, test } from 'vitest';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { shareParser } from '../../../src/engine/parse/shared-parser.ts';
import { INSTALL_DIR } from '../install.ts';

const PYTHON = 'def parse_date(text):\n    return text\n';

test('who has disposed of it is told nothing more, the others read on', async () => {
  const [first, second] = [shareParser(grammarDir(INSTALL_DIR)), shareParser(grammarDir(INSTALL_DIR))];
  const reading = first.parse('dates.py', PYTHON);
  first.dispose();
  first.dispose();
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  await expect(first.parse('dates.py', PYTHON)).rejects.toMatchObject({ code: 'cancelled' });
  expect((await second.parse('dates.py', PYTHON)).functions.map(({ name }) => name)).toEqual(['parse_date']);
  second.dispose();
  await expect(second.parse('dates.py', PYTHON)).rejects.toMatchObject({ code: 'cancelled' });
});
