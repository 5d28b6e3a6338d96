import { describe, expect, test } from 'vitest';
import { phraseTerms, phraseTest } from '../../../src/core/query/exact-phrase.ts';

const CASES: readonly [phrase: string, text: string, stands: boolean][] = [
  ['catch (e)', 'try { x } catch (e) { }', true],
  ['catch (e)', 'CATCH\n\t(E)', true],
  ['catch (e)', 'catch (error)', false],
  ['catch (e', 'catch (err)', false],
  ['catch (e', 'catch (e, f)', true],
  ['parseHeader', 'function parseHeader()', true],
  ['parseheader', 'function parseHeader()', true],
  ['header', 'function parseHeader()', true],
  ['head', 'function parseHeader()', false],
  ['parse', 'reparse(x) + parse(y)', true],
  ['utf', 'utf8', true],
  ['a.*b', 'a.*b', true],
  ['a.*b', 'axxb', false],
  ['x-1 \\- [y]', 'x-1 \\- [y]', true],
  ['=>', '(a) => b', true],
  ['étape', 'E\u0301TAPE suivante', true],
  ['解析', '// 解析文件头', true],
  ['return null;', 'return  nullable;', false],
  ['0, 0', 'rgb(10, 0, 0)', true],
  ['0, 0', 'rgb(10, 0, 03)', false],
  ['\u{1d4b3}', 'a\u{1d4b3}b', false],
];

describe('phraseTest', () => {
  test.each(CASES)('%j in %j: %j', (phrase, text, stands) => {
    expect(phraseTest(phrase)(text)).toBe(stands);
  });
});

describe('phraseTerms', () => {
  test('has one group for each identifier, in every way in which the index may write it', () => {
    expect(phraseTerms('get parseHeader')).toEqual([
      [['get'], ['=get'], ['get']],
      [['pars', 'header'], ['=parseheader'], ['parsehead']],
    ]);
  });

  test.each(['=>', '&& ||', '解析', 'x'.repeat(50)])('has none for %j', (phrase) => {
    expect(phraseTerms(phrase)).toEqual([]);
  });
});
