/** A folder laid out as sentence-transformers does, as a student: its tokens, its pooling, its prompts, its limits. */
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Student } from '../../../src/engine/embed/student.ts';
import { readNamedModel } from '../../../src/engine/named/model-folder.ts';
import { loadNamedStudent } from '../../../src/engine/named/named-student.ts';
import { temporaryFolder } from '../temporary.ts';
import { copyOfTiny, TINY_NAMED } from './models.ts';

async function open(dir: string): Promise<Student> {
  const student = await loadNamedStudent({ name: dir, folder: temporaryFolder(), storageDir: temporaryFolder() });
  onTestFinished(() => student.dispose());
  return student;
}

const code = async (student: Student, text: string): Promise<Float32Array> => (await student.embedCode([text]))[0]!;
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('a named model', () => {
  test('gives unit vectors of its own dimensions, and none for a text without words', async () => {
    const student = await open(TINY_NAMED);
    expect(student.dimensions).toBe(20);
    for (const vector of [await student.embedQuery('parse a date'), await code(student, 'def parse_date(text)')]) {
      expect(vector).toHaveLength(20);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
    }
    expect([...(await student.embedQuery('  '))]).toEqual(Array(20).fill(0));
    expect([...(await code(student, ''))]).toEqual(Array(20).fill(0));
  });

  test('puts like texts together', async () => {
    const student = await open(TINY_NAMED);
    const query = await student.embedQuery('turn a string into a date');
    const near = dot(query, await code(student, 'def parse_date(text)'));
    expect(near).toBeGreaterThan(dot(query, await code(student, 'func total(cart) int')) + 0.2);
  });

  test('gives a text the same vector alone and among others of any length', async () => {
    const student = await open(TINY_NAMED);
    const texts = ['sum', '', 'total of a cart '.repeat(40), 'retry and wait', ' ', 'parse date text string', 'moon'];
    const together = await student.embedCode(texts);
    for (const [i, text] of texts.entries())
      expect(dot(together[i]!, await code(student, text))).toBeCloseTo(text.trim() ? 1 : 0, 5);
  });

  test('reads no further than its limit', async () => {
    const student = await open(TINY_NAMED);
    const long = 'cart total '.repeat(40);
    expect([...(await code(student, long))]).toEqual([...(await code(student, `${long} moon phase`))]);
    const farther = await open(copyOfTiny({ 'sentence_bert_config.json': { max_seq_length: 128 } }));
    expect([...(await code(farther, long))]).not.toEqual([...(await code(farther, `${long} moon phase`))]);
  });

  test('takes the prompt for questions from its configuration, and none for code', async () => {
    const [with_, without] = [
      await open(TINY_NAMED),
      await open(copyOfTiny({ 'config_sentence_transformers.json': {} })),
    ];
    expect([...(await with_.embedQuery('moon'))]).toEqual([...(await without.embedQuery('query: moon'))]);
    expect([...(await with_.embedQuery('moon'))]).not.toEqual([...(await without.embedQuery('moon'))]);
    expect([...(await code(with_, 'moon'))]).toEqual([...(await code(without, 'moon'))]);
    const both = await open(copyOfTiny({ 'config_sentence_transformers.json': { prompts: { passage: 'sum ' } } }));
    expect([...(await code(both, 'moon'))]).toEqual([...(await code(without, 'sum moon'))]);
  });

  test('pools as its configuration says', async () => {
    const cls = await open(copyOfTiny({ '1_Pooling/config.json': { pooling_mode_cls_token: true } }));
    // The first token is the same whatever follows: this model looks at nothing around it.
    expect(dot(await code(cls, 'moon'), await code(cls, 'total of a cart'))).toBeCloseTo(1, 5);
    const mean = await open(copyOfTiny({ '1_Pooling/config.json': {} }));
    expect(dot(await code(mean, 'moon'), await code(mean, 'total of a cart'))).toBeLessThan(0.9);
  });

  test('may have its ONNX file beside the others, and no configuration but the necessary', async () => {
    const dir = copyOfTiny();
    renameSync(join(dir, 'onnx/model.onnx'), join(dir, 'model.onnx'));
    for (const file of [
      'onnx',
      'modules.json',
      '1_Pooling',
      'config_sentence_transformers.json',
      'tokenizer_config.json',
    ])
      rmSync(join(dir, file), { recursive: true });
    const [bare, full] = [await open(dir), await open(TINY_NAMED)];
    expect([...(await code(bare, 'moon phase'))]).toEqual([...(await code(full, 'moon phase'))]);
  });

  test('is another when any file that matters is another, and the same wherever it lies', async () => {
    const print = async (dir: string): Promise<string> => (await readNamedModel(dir, 'name')).fingerprint;
    const original = await print(TINY_NAMED);
    expect(original).toMatch(/^name-[0-9a-f]{12}$/);
    expect(await print(copyOfTiny({ 'README.md': 'words' }))).toBe(original);
    const tokenizer = readFileSync(join(TINY_NAMED, 'tokenizer.json'), 'utf8');
    const changes = [
      { 'tokenizer.json': `${tokenizer} ` },
      { '1_Pooling/config.json': { pooling_mode_cls_token: true } },
      { 'config_sentence_transformers.json': {} },
      { 'onnx/model.onnx_data': 'weights' },
    ];
    const others = await Promise.all(changes.map((change) => print(copyOfTiny(change))));
    expect(new Set([original, ...others]).size).toBe(changes.length + 1);
  });

  test.each([
    ['onnx/model.onnx', 'no network', /cannot be used: .+\.$/],
    ['tokenizer.json', '{', /cannot be used: .+\.$/],
    ['config.json', 'words', /cannot be used: .+\.$/],
    ['modules.json', '[', /cannot be used: modules\.json is not JSON\.$/],
    [
      'modules.json',
      '[{"type": "sentence_transformers.models.Dense"}]',
      /cannot be used: Kenning does not run its layer Dense\.$/,
    ],
    [
      '1_Pooling/config.json',
      '{"pooling_mode_lasttoken": true}',
      /mean and cls pooling, not pooling_mode_lasttoken\.$/,
    ],
  ])('with a broken %s is refused in one sentence', async (file, content, sentence) => {
    const error = await open(copyOfTiny({ [file]: content })).catch((reason: Error) => reason);
    expect(error).toMatchObject({ code: 'model-unusable', message: expect.stringMatching(sentence) as string });
    expect((error as Error).message).not.toContain('\n');
  });

  test.each(['tokenizer.json', 'config.json', 'onnx/model.onnx'])(
    'without %s is refused in one sentence',
    async (file) => {
      const dir = copyOfTiny();
      rmSync(join(dir, file));
      await expect(open(dir)).rejects.toMatchObject({
        code: 'model-unusable',
        message: expect.stringMatching(/cannot be used: it has no \S+/) as string,
      });
    },
  );
});
