/** A student whose files are not those that its card names is not asked: what it would say is anything. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readModel } from '../../../src/engine/embed/model-card.ts';
import { modelDir } from '../../../src/engine/install-dir.ts';
import { INSTALL_DIR } from '../install.ts';
import { createRandom, flipBit } from '../repair/random.ts';
import { temporaryFolder } from '../temporary.ts';

const DAMAGES: Readonly<Record<string, (file: string) => void>> = {
  'one bit turned over': (file) => writeFileSync(file, flipBit(readFileSync(file), createRandom(3))),
  'cut in half': (file) => writeFileSync(file, readFileSync(file).subarray(0, 1000)),
  foreign: (file) => writeFileSync(file, '{}'),
  gone: (file) => rmSync(file),
};

const CASES = ['model.onnx', 'tokenizer.json'].flatMap((name) =>
  Object.keys(DAMAGES).map((damage) => [name, damage] as const),
);

test.each<readonly [name: string, damage: string]>([
  ...CASES,
  ['model.json', 'cut in half'],
  ['model.json', 'foreign'],
  ['model.json', 'gone'],
])('%s, %s', async (name, damage) => {
  const dir = join(temporaryFolder(), 'kenning-s1');
  cpSync(modelDir(INSTALL_DIR), dir, { recursive: true });
  DAMAGES[damage]!(join(dir, name));
  await expect(readModel(dir)).rejects.toMatchObject({
    code: 'model-unusable',
    message: expect.stringMatching(/^The model in .* cannot be used: .*\.$/),
  });
});

test.each([
  ['none', undefined],
  ['of one side', { query: [[1]] }],
  ['without a stretch', { query: [[1]], code: [[]] }],
  ['below 0', { query: [[1]], code: [[1, -1]] }],
])('a card with place factors %s is no student', async (_, placeFactors) => {
  const dir = join(temporaryFolder(), 'kenning-s1');
  cpSync(modelDir(INSTALL_DIR), dir, { recursive: true });
  const card = JSON.parse(readFileSync(join(dir, 'model.json'), 'utf8')) as object;
  writeFileSync(join(dir, 'model.json'), JSON.stringify({ ...card, placeFactors }));
  await expect(readModel(dir)).rejects.toMatchObject({
    code: 'model-unusable',
    message: expect.stringMatching(/lacks a field/),
  });
});

test('a fingerprint is that of what makes the vectors: other figures of the same model are no other model', async () => {
  const dir = join(temporaryFolder(), 'kenning-s1');
  cpSync(modelDir(INSTALL_DIR), dir, { recursive: true });
  const card = JSON.parse(readFileSync(join(dir, 'model.json'), 'utf8')) as object;
  const fingerprintWith = async (change: object): Promise<string> => {
    writeFileSync(join(dir, 'model.json'), JSON.stringify({ ...card, ...change }));
    return (await readModel(dir)).fingerprint;
  };
  const fingerprint = await fingerprintWith({});
  expect(await fingerprintWith({ evaluation: { ndcg10: { S1: 1 } } })).toBe(fingerprint);
  expect(await fingerprintWith({ queryTemplate: 'find {query}' })).not.toBe(fingerprint);
});
