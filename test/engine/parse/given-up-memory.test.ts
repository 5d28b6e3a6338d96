/** Alone in its file: whether tree-sitter is whole is known of the process. */

import { expect, test, vi } from 'vitest';
import { Parser } from 'web-tree-sitter';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { createParser } from '../../../src/engine/parse/parser.ts';
import { INSTALL_DIR } from '../install.ts';

test('files that are too deep for JavaScript leave memory behind, up to a bound', async () => {
  const parser = await createParser(grammarDir(INSTALL_DIR));
  const broken: boolean[] = [];
  for (let i = 0; i < 3; i++) {
    vi.spyOn(Parser.prototype, 'parse').mockImplementationOnce(() => {
      throw new RangeError('Maximum call stack size exceeded');
    });
    await parser.parse('A.java', 'class A {}\n'.padEnd(400_000));
    broken.push(parser.isBroken!());
  }
  expect(broken).toEqual([false, false, true]);
  parser.dispose();
});
