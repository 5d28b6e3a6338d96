/** Alone in its file: whether tree-sitter is whole is known of the process. */

import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { Parser } from 'web-tree-sitter';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { createParser } from '../../../src/engine/parse/parser.ts';
import { INSTALL_DIR } from '../install.ts';

test('a parser that was given up is not freed with the garbage: its memory is in no state for that', async () => {
  const parser = await createParser(grammarDir(INSTALL_DIR));
  let failed: WeakRef<Parser> | undefined;
  vi.spyOn(Parser.prototype, 'parse').mockImplementationOnce(function (this: Parser) {
    failed = new WeakRef(this);
    throw new RangeError('Maximum call stack size exceeded');
  });
  await parser.parse('A.java', 'class A {}\n');
  vi.restoreAllMocks();
  setFlagsFromString('--expose-gc');
  await setImmediate();
  (runInNewContext('gc') as () => void)();
  expect(failed!.deref()).toBeInstanceOf(Parser);
  parser.dispose();
});

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
