/**
 * The two runtimes against each other, over functions of this repository and questions about it: vectors that the refiner
 * makes in one are vectors of the other. That each gives what training exported is `refiner.test.ts`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { codeText } from '../../../src/core/student/template.ts';
import { chunkFolder } from '../../../src/engine/chunk.ts';
import { readModel } from '../../../src/engine/embed/model-card.ts';
import { loadRefiner } from '../../../src/engine/embed/refiner.ts';
import { readRefiner } from '../../../src/engine/embed/refiner-card.ts';
import { openRuntime } from '../../../src/engine/embed/runtime.ts';
import { loadStudent } from '../../../src/engine/embed/student.ts';
import { grammarDir, modelDir, REFINER_MODEL } from '../../../src/engine/install-dir.ts';
import { INSTALL_DIR } from '../install.ts';

const NAMES = ['native', 'wasm'] as const;
const QUERIES = [
  'split an identifier into words',
  'write a batch in one transaction',
  'restart the background process after a crash',
  'draw a progress bar on the terminal',
];
/** A transformer in WebAssembly reads some tens of functions a second. */
const REFINED = 24;
const COSINE = 0.999;
const FIRST = 3;

interface Vectors {
  readonly name: string;
  readonly queries: readonly Float32Array[];
  readonly code: readonly Float32Array[];
}

let native: Vectors;
let wasm: Vectors;

beforeAll(async () => {
  const model = await readModel(modelDir(INSTALL_DIR));
  const texts: string[] = [];
  for await (const { path, functions } of chunkFolder(join(INSTALL_DIR, 'src'), grammarDir(INSTALL_DIR))) {
    for (const fn of functions) texts.push(codeText(model.card.codeTemplate, path, fn));
  }
  [native, wasm] = (await Promise.all(NAMES.map((name) => vectorsOf(name, model, texts)))) as [Vectors, Vectors];
}, 60_000);

async function vectorsOf(
  name: (typeof NAMES)[number],
  model: Awaited<ReturnType<typeof readModel>>,
  texts: readonly string[],
): Promise<Vectors> {
  const runtime = await openRuntime(name);
  const student = loadStudent(model);
  const few = texts.slice(0, REFINED);
  const bases = await student.embedCode(few);
  const dir = modelDir(INSTALL_DIR, REFINER_MODEL);
  expect(existsSync(dir)).toBe(true);
  const refiner = await loadRefiner(await readRefiner(dir, model), runtime);
  const queries = await Promise.all(
    QUERIES.map(async (query) => refiner.refineQuery(query, await student.embedQuery(query))),
  );
  const code = await refiner.refineCode(refiner.entriesOf(few, bases));
  await refiner.dispose();
  return { name: runtime.name, queries, code };
}

test('both were asked', async () => {
  expect([native.name, wasm.name]).toEqual(NAMES);
  const [nativeLibrary, wasmLibrary] = await Promise.all(NAMES.map(async (name) => (await openRuntime(name)).library));
  expect(nativeLibrary!.env.versions.web).toBeUndefined();
  expect(wasmLibrary!.env.versions.web).toBe(nativeLibrary!.env.versions.common);
  expect(native.code.length).toBe(REFINED);
});

test.each(['queries', 'code'] as const)('%s: cosines of 0.999 or more', (part) => {
  const cosines = native[part].map((vector, i) => dot(vector, wasm[part][i]!));
  expect(Math.min(...cosines)).toBeGreaterThanOrEqual(COSINE);
});

test('questions in one runtime find in the vectors of the other what they find in their own', () => {
  for (const [i] of QUERIES.entries()) {
    const own = nearest(native.queries[i]!, native.code);
    expect(nearest(wasm.queries[i]!, wasm.code)).toEqual(own);
    expect(nearest(wasm.queries[i]!, native.code)).toEqual(own);
  }
});

test('native is what the product takes where it loads', async () => {
  expect((await openRuntime()).name).toBe('native');
});

function nearest(query: Float32Array, vectors: readonly Float32Array[]): readonly number[] {
  const scores = vectors.map((vector) => dot(query, vector));
  return [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, FIRST);
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
