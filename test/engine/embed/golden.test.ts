/**
 * The product's word splitting, tokenizer and sum of rows give what training exported: same ids, same vectors, and those of
 * the model file's own graph in ONNX Runtime.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tensor } from 'onnxruntime-common';
import { beforeAll, expect, test, vi } from 'vitest';
import type { TokenBag } from '../../../src/core/student/bag.ts';
import { sumOfRows } from '../../../src/core/student/packed-table.ts';
import { type ModelFiles, readModel } from '../../../src/engine/embed/model-card.ts';
import { openRuntime } from '../../../src/engine/embed/runtime.ts';
import { createSession } from '../../../src/engine/embed/session.ts';
import { loadStudent, type Student } from '../../../src/engine/embed/student.ts';
import { packedTable } from '../../../src/engine/embed/student-table.ts';
import { createTokenReader } from '../../../src/engine/embed/tokens.ts';
import { modelDir } from '../../../src/engine/install-dir.ts';
import { INSTALL_DIR } from '../install.ts';
import { RUNTIMES } from './runtime-names.ts';

interface Golden {
  readonly text: string;
  readonly side: 'query' | 'code';
  readonly ids: readonly number[];
  readonly vector: readonly number[];
}

const golden = JSON.parse(readFileSync(join(modelDir(INSTALL_DIR), 'golden.json'), 'utf8')) as Golden[];
/** Of numbers that are summed up in another order, and in single precision. */
const ROUNDING = 1e-6;
const BAG_TOKENS = 100;
/** So many copies of the golden texts take several turns. */
const TIMES = 30;
const [QUERY, CODE] = [0, 1];
let model: ModelFiles;
let student: Student;

beforeAll(async () => {
  model = await readModel(modelDir(INSTALL_DIR));
  student = loadStudent(model);
});

test('there are golden texts for both sides, with letters of many scripts among them', () => {
  expect(new Set(golden.map(({ side }) => side))).toEqual(new Set(['query', 'code']));
  expect(golden.length).toBeGreaterThanOrEqual(30);
  expect(golden.some(({ text }) => /[\u0400-\uffff]/.test(text))).toBe(true);
});

test('token ids are identical', () => {
  const read = createTokenReader(model.tokenizer);
  for (const { text, ids } of golden) expect(read(text, model.card.maxTokens), text).toEqual(ids);
});

const embed = async ({ text, side }: Golden): Promise<Float32Array> =>
  side === 'query' ? await student.embedQuery(text) : (await student.embedCode([text]))[0]!;

test('vectors point the same way', async () => {
  for (const entry of golden)
    expect(cosine(await embed(entry), entry.vector), `${entry.side}: ${entry.text}`).toBeGreaterThan(0.999);
});

test('a text has the same vector alone and among others, more of them than are embedded in one go', async () => {
  const texts = golden.filter(({ side }) => side === 'code').map(({ text }) => text);
  const together = await student.embedCode(Array.from({ length: TIMES }, () => texts).flat());
  for (const [i, text] of texts.entries()) {
    const [alone] = await student.embedCode([text]);
    expect(together[i], text).toEqual(alone);
    expect(together.at(i - texts.length), text).toEqual(alone);
  }
});

test('questions one after the other leave room for what else the thread has to do', async () => {
  const others = vi.fn();
  setImmediate(others);
  for (let i = 0; i < 3; i++) await student.embedQuery('retry with backoff');
  expect(others).toHaveBeenCalled();
});

test.each(RUNTIMES)('the graph in the file gives the same vectors of the whole vocabulary (%s)', async (name) => {
  const session = await createSession(model.onnx, await openRuntime(name));
  const bags = vocabularyBags();
  for (const side of [QUERY, CODE]) {
    for (const bag of bags) {
      const own = sumOfRows(packedTable(model), bag, side);
      const { embedding } = await session.run(inputsOf(bag, side));
      expect(farthest(own, embedding!.data as Float32Array)).toBeLessThan(ROUNDING);
    }
  }
  await session.release();
});

test('a file that is packed in another way is a model that cannot be used', () => {
  const other = Buffer.from(model.onnx);
  other.write('other', other.lastIndexOf('books'));
  for (const onnx of [new Uint8Array(), other, model.onnx.subarray(0, 1_000_000), Uint8Array.of(7, 7, 7)]) {
    expect(() => packedTable({ ...model, onnx })).toThrow(expect.objectContaining({ code: 'model-unusable' }));
  }
  const card = { ...model.card, dimensions: 128 };
  expect(() => packedTable({ ...model, card })).toThrow(/do not fit together/);
});

/** Each token once, with weights that tell them apart. */
function vocabularyBags(): TokenBag[] {
  const { places } = packedTable(model);
  const bags: TokenBag[] = [];
  for (let start = 0; start < places.length; start += BAG_TOKENS) {
    const ids = Array.from({ length: Math.min(BAG_TOKENS, places.length - start) }, (_, i) => start + i);
    bags.push({ ids, weights: ids.map((_, i) => 1 + (i % 7)) });
  }
  return bags;
}

const inputsOf = ({ ids, weights }: TokenBag, side: number): Record<string, Tensor> => ({
  input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
  weights: new Tensor('float32', Float32Array.from(weights), [1, ids.length]),
  side: new Tensor('int64', BigInt64Array.of(BigInt(side)), [1]),
});

const farthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

/** Of two vectors that both have no length too: a text without words has none. */
function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
    Array.from(x).reduce((sum, value, i) => sum + value * y[i]!, 0);
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  return lengths === 0 ? Number(dot(a, a) === dot(b, b)) : dot(a, b) / lengths;
}
