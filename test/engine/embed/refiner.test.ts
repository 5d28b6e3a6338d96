/** Every refiner at hand gives, in either runtime, what training exported: the tiny one of the fixtures, and the shipped one where it is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RuntimeName } from '../../../src/engine/api/options.ts';
import { readModel } from '../../../src/engine/embed/model-card.ts';
import { loadRefiner, type Refiner, refinerTokens } from '../../../src/engine/embed/refiner.ts';
import { type RefinerFiles, readRefiner } from '../../../src/engine/embed/refiner-card.ts';
import { openRuntime } from '../../../src/engine/embed/runtime.ts';
import { loadStudent, type Student } from '../../../src/engine/embed/student.ts';
import { modelDir, REFINER_MODEL } from '../../../src/engine/install-dir.ts';
import { INSTALL_DIR } from '../install.ts';
import { installWithRefiner } from '../tiny-refiner.ts';
import { RUNTIMES } from './runtime-names.ts';

/** `vector` is what training computed; the tiny refiner's file holds what is added to the student's vector instead. */
interface Golden {
  readonly text: string;
  readonly side: 'query' | 'code';
  readonly ids: readonly number[];
  readonly vector?: readonly number[];
  readonly shift?: readonly number[];
}

const shipped = modelDir(INSTALL_DIR, REFINER_MODEL);
const refiners: [string, () => string][] = [
  ['the tiny refiner', () => modelDir(installWithRefiner(), REFINER_MODEL)],
  ...(existsSync(shipped) ? [['the shipped refiner', () => shipped] as [string, () => string]] : []),
];

interface Loaded {
  readonly files: RefinerFiles;
  readonly student: Student;
  readonly refiner: Refiner;
  readonly golden: readonly Golden[];
}

async function load(dir: string, runtimeName: RuntimeName): Promise<Loaded> {
  const model = await readModel(modelDir(INSTALL_DIR));
  const runtime = await openRuntime(runtimeName);
  const student = loadStudent(model);
  const files = await readRefiner(dir, model);
  const refiner = await loadRefiner(files, runtime);
  onTestFinished(async () => {
    await student.dispose();
    await refiner.dispose();
  });
  return { files, student, refiner, golden: JSON.parse(readFileSync(join(dir, 'golden.json'), 'utf8')) as Golden[] };
}

const cases = refiners.flatMap(([name, dirOf]) => RUNTIMES.map((runtime) => [name, runtime, dirOf] as const));

describe.each(cases)('%s in the %s runtime', (_, runtime, dirOf) => {
  test('reads the golden texts as the same ids', async () => {
    const { files, golden } = await load(dirOf(), runtime);
    const read = refinerTokens(files.card, files.tokenizer);
    expect(new Set(golden.map(({ side }) => side))).toEqual(new Set(['query', 'code']));
    expect(Math.max(...golden.map(({ ids }) => ids.length))).toBe(files.card.maxTokens);
    for (const { text, ids } of golden) expect(read(text), text).toEqual(ids);
  });

  test('gives the golden vectors, of unit length, and none to a text without words', async () => {
    const { student, refiner, golden } = await load(dirOf(), runtime);
    for (const { text, side, ids, vector, shift } of golden) {
      const isQuery = side === 'query';
      const base = isQuery ? await student.embedQuery(text) : (await student.embedCode([text]))[0]!;
      const [code] = isQuery ? [] : await refiner.refineCode(refiner.entriesOf([text], [base]));
      const found = code ?? (await refiner.refineQuery(text, base));
      const expected = vector ?? Array.from(base, (value, i) => value + (shift?.[i] ?? 0));
      expect(lengthOf(found), text).toBeCloseTo(ids.length === 0 ? 0 : 1, 4);
      if (ids.length > 0) expect(cosine(found, expected), `${side}: ${text}`).toBeGreaterThan(0.999);
    }
  });

  test('gives a text the same vector alone and among others, and asks for a turn before each run', async () => {
    const { student, refiner, golden } = await load(dirOf(), runtime);
    const texts = golden.filter(({ side }) => side === 'code').map(({ text }) => text);
    const many = Array.from({ length: runtime === 'wasm' ? 3 : 20 }, () => texts).flat();
    const bases = await student.embedCode(many);
    let turns = 0;
    const together = await refiner.refineCode(refiner.entriesOf(many, bases), async () => {
      turns++;
    });
    expect(turns).toBeGreaterThan(1);
    for (const [i, text] of texts.entries()) {
      const alone = (await refiner.refineCode(refiner.entriesOf([text], [bases[i]!])))[0]!;
      if (lengthOf(alone) > 0) expect(cosine(alone, together[i + texts.length]!), text).toBeGreaterThan(0.99999);
    }
  });

  test('stops where a turn says so', async () => {
    const { student, refiner } = await load(dirOf(), runtime);
    const stop = new Error('stop');
    const entries = refiner.entriesOf(['parse date'], await student.embedCode(['parse date']));
    const refining = refiner.refineCode(entries, () => Promise.reject(stop));
    await expect(refining).rejects.toBe(stop);
  });
});

const lengthOf = (vector: ArrayLike<number>): number => Math.sqrt(dot(vector, vector));
const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => dot(a, b) / (lengthOf(a) * lengthOf(b));

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
}
