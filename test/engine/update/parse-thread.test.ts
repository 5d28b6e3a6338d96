/** A folder that is large enough for a thread that parses: its index is that which is made without one. */
import { expect, onTestFinished, test } from 'vitest';
import { openEngine } from '../../../src/engine/open.ts';
import { INSTALL_DIR } from '../install.ts';
import { CART_GO, RETRY_TS } from '../sample-sources.ts';
import { temporaryFolder, writeFiles } from '../temporary.ts';

/** Bytes that cost nothing but reading. */
const PADDING = `\n${`// ${'padding '.repeat(12)}\n`.repeat(3000)}`;

const FILES = Object.fromEntries(
  Array.from({ length: 10 }, (_, i) => [
    [`src/cart-${i}.go`, CART_GO + PADDING],
    [`src/retry-${i}.ts`, `${RETRY_TS}\nexport function only${i}() {\n  return ${i};\n}\n`],
  ]).flat(),
);

test('the same functions in the same order', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, FILES);
  const [beside, within] = [await indexed(folder, true), await indexed(folder, false)];
  expect(within.length).toBeGreaterThan(20);
  expect(beside).toEqual(within);
});

async function indexed(folder: string, parseThread: boolean): Promise<readonly unknown[]> {
  const engine = await openEngine({ folder, storageDir: temporaryFolder(), installDir: INSTALL_DIR, parseThread });
  onTestFinished(() => engine.close());
  await engine.update();
  const { results } = await engine.search({ query: 'retry', limit: 100 });
  return results;
}
