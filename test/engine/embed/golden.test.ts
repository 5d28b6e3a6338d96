/** The product's word splitting, tokenizer and runtimes give what training exported: same ids, same vectors. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ModelFiles, readModel } from '../../../src/engine/embed/model-card.ts';
import { openRuntime } from '../../../src/engine/embed/runtime.ts';
import { loadStudent, type Student } from '../../../src/engine/embed/student.ts';
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
let model: ModelFiles;

beforeAll(async () => {
  model = await readModel(modelDir(INSTALL_DIR));
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

describe.each(RUNTIMES)('in the %s runtime', (name) => {
  let student: Student;

  beforeAll(async () => {
    student = await loadStudent(model, await openRuntime(name));
  });
  afterAll(() => student.dispose());

  test('vectors point the same way', async () => {
    for (const { text, side, vector } of golden) {
      const found = side === 'query' ? await student.embedQuery(text) : (await student.embedCode([text]))[0]!;
      expect(cosine(found, vector), `${side}: ${text}`).toBeGreaterThan(0.999);
    }
  });

  test('a text has the same vector alone and in a batch with others', async () => {
    const texts = golden.filter(({ side }) => side === 'code').map(({ text }) => text);
    const together = await student.embedCode(texts);
    for (const [i, text] of texts.entries()) {
      expect(cosine((await student.embedCode([text]))[0]!, together[i]!), text).toBeGreaterThan(0.99999);
    }
  });
});

/** Of two vectors that both have no length too: a text without words has none. */
function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
    Array.from(x).reduce((sum, value, i) => sum + value * y[i]!, 0);
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  return lengths === 0 ? Number(dot(a, a) === dot(b, b)) : dot(a, b) / lengths;
}
