import { expect, test } from 'vitest';
import { foldAccents } from '../../../src/core/query/fold-accents.ts';

test.each([
  ['reference', 'reference'],
  ['référence', 'reference'],
  ['re\u0301fe\u0301rence', 'reference'],
  ['größe', 'grosse'],
  ['œuvre', 'oeuvre'],
  ['ścieżka', 'sciezka'],
  ['файл', 'файл'],
  ['ガード', 'ガード'],
  ['解析', '解析'],
])('%s → %s', (word, bare) => {
  expect(foldAccents(word)).toBe(bare.normalize('NFC'));
});
