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

test('a saved file that takes all the memory of a parse is windows, and the next one saved is read as ever', async () => {
  const folder = temporaryFolder();
  const bomb = `class A {\n  int add(int a) {\n    return a;\n  ${'a =>\n'.repeat(4000)}}\n}\n`;
  writeFiles(folder, { 'src/Bomb.java': bomb });
  const engine = await openEngine({ folder, storageDir: temporaryFolder(), installDir: INSTALL_DIR });
  onTestFinished(() => engine.close());
  await engine.update();
  writeFiles(folder, { 'src/Cart.java': 'class Cart {\n  int total(int a) {\n    return a;\n  }\n}\n' });
  await engine.update({ paths: ['src/Cart.java'] });
  await engine.setUnsaved('src/Tax.java', 'class Tax {\n  int rate(int a) {\n    return a;\n  }\n}\n');
  const { results } = await engine.search({ query: 'add total rate', limit: 20 });
  const kinds = Object.groupBy(results, ({ path }) => path);
  expect(kinds['src/Bomb.java']?.every(({ kind }) => kind === 'lines')).toBe(true);
  expect(kinds['src/Cart.java']?.map(({ name }) => name)).toContain('Cart.total');
  expect(kinds['src/Tax.java']?.map(({ name }) => name)).toContain('Tax.rate');
});

async function indexed(folder: string, parseThread: boolean): Promise<readonly unknown[]> {
  const engine = await openEngine({ folder, storageDir: temporaryFolder(), installDir: INSTALL_DIR, parseThread });
  onTestFinished(() => engine.close());
  await engine.update();
  const { results } = await engine.search({ query: 'retry', limit: 100 });
  return results;
}
