/** Parsers that are made at the same moment, as when a window opens two folders: they share one WebAssembly module. */
import { expect, test } from 'vitest';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { createParser } from '../../../src/engine/parse/parser.ts';
import { INSTALL_DIR } from '../install.ts';

const SOURCE = 'def parse_date(text):\n    return text\n';

test('each reads as if it were alone, and frees only what is its own', async () => {
  const parsers = await Promise.all([1, 2, 3].map(() => createParser(grammarDir(INSTALL_DIR))));
  for (const parser of parsers) {
    const { functions, problem } = await parser.parse('dates.py', SOURCE);
    expect(problem).toBeNull();
    expect(functions.map(({ name }) => name)).toEqual(['parse_date']);
  }
  for (const parser of parsers) parser.dispose();
});
