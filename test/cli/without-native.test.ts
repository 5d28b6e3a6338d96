/**
 * The command line out of a package whose native parts are missing (the universal one) or do not load (of another platform,
 * or of another C library): it answers as with them, and says so where they are there for nothing.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { TINY_NAMED } from '../engine/named/models.ts';
import { CART_GO, RETRY_TS } from '../engine/sample-sources.ts';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';
import { type Finished, kenning } from './command.ts';
import { isNative, unpackedPackage } from './unpacked-package.ts';

/** The small student alone needs no runtime. */
const BALANCED = ['--quality', 'balanced'];
const QUESTION = 'wait longer after each failed attempt';
const NOTICE =
  /^The native ONNX Runtime does not load here \(.+\), so models run in WebAssembly: same results, only slower\.$/m;

let folder: string;
let storageDir: string;

beforeEach(() => {
  folder = temporaryFolder();
  storageDir = temporaryFolder();
  writeFiles(folder, { 'src/retry.ts': RETRY_TS, 'shop/cart.go': CART_GO });
});

const run = (dir: string | null, ...args: readonly string[]): Promise<Finished> =>
  kenning(args, { cwd: folder, storageDir, ...(dir !== null && { command: join(dir, 'dist', 'kenning.mjs') }) });

/** Paths and names, best first. */
async function hits(dir: string | null, ...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await run(dir, 'search', '--json', ...args, QUESTION);
  const { results } = JSON.parse(stdout) as { results: readonly { path: string; name: string }[] };
  return results.map(({ path, name }) => `${path} ${name}`);
}

test.each([[[]], [['--quality', 'balanced']], [['--model', TINY_NAMED]]])(
  'without native parts the answers are the same: %j',
  async (args) => {
    const dir = await unpackedPackage(isNative);
    const own = await hits(dir, ...args);
    expect(own.length).toBeGreaterThan(0);
    storageDir = temporaryFolder();
    expect(await hits(null, ...args)).toEqual(own);
  },
);

test('a package that is meant to be without says so in its status alone', async () => {
  const dir = await unpackedPackage(isNative);
  expect(await run(dir, 'index', ...BALANCED)).toMatchObject({ code: 0, stderr: expect.not.stringMatching(NOTICE) });
  expect((await run(dir, 'status', ...BALANCED)).stdout).toMatch(/^runtime {4}WebAssembly$/m);
  expect((await run(null, 'status', ...BALANCED)).stdout).toMatch(/^runtime {4}native$/m);
  expect((await run(null, 'status')).stdout).toMatch(/^runtime {4}none needed$/m);
});

test('native parts that do not load are a sentence, and no reason not to search', async () => {
  const dir = await unpackedPackage(isNative);
  const runtime = `dist/native/onnxruntime-node/${process.platform}-${process.arch}/onnxruntime_binding.node`;
  for (const file of [runtime, 'dist/native/hnswlib.node']) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), 'of another system');
  }
  expect(await run(dir, 'search', QUESTION)).toMatchObject({ stderr: expect.not.stringMatching(NOTICE) });
  const { stdout, stderr } = await run(dir, 'search', ...BALANCED, QUESTION);
  expect(stdout).toContain('retryWithBackoff');
  expect(stderr).toMatch(NOTICE);
  expect((await run(dir, 'status', ...BALANCED)).stdout).toMatch(NOTICE);
});
