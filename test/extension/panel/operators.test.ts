import { describe, expect, test } from 'vitest';
import { LANGUAGE_NAMES } from '../../../src/core/languages/names.ts';
import { KIND_NAMES, parseQuery } from '../../../src/core/query/parse-query.ts';
import { typedOperators } from '../../../src/extension/panel/operators.ts';

const FACTS = { languages: ['go', 'php'], folders: ['src/', 'src/http/', 'tests/', 'Lib/', 'My files/'] };
const of = (value: string) => typedOperators(value, FACTS);
const words = (value: string): string[] => of(value).completions.map(({ word }) => word);

describe('operators while they are typed', () => {
  const COMPLETED: readonly [string, string[]][] = [
    ['retry', []],
    ['retry lang', []],
    ['retry lang:p', ['lang:php ', 'lang:python ']],
    ['retry -lang:py', ['-lang:python ']],
    ['retry lang:go', []],
    ['retry lang:c', ['lang:cpp ', 'lang:csharp ']],
    ['lang:p retry', []],
    ['retry "lang:p', []],
    ['retry kind:c', ['kind:constructor ', 'kind:class ']],
    ['retry KIND:EN', ['KIND:enum ']],
    ['retry path:', ['path:src/', 'path:Lib/', 'path:tests/', 'path:src/http/', 'path:"My files/"']],
    ['retry path:h', ['path:src/http/']],
    ['retry path:src', ['path:src/', 'path:src/http/']],
    ['retry path:src/', ['path:src/http/']],
    ['retry path:L', ['path:Lib/']],
    ['retry path:nowhere', []],
    ['retry path:src\\', ['path:src/http/']],
    ['retry path:./s', ['path:src/', 'path:src/http/']],
    ['retry path:/', ['path:/src/', 'path:/Lib/', 'path:/tests/', 'path:/src/http/', 'path:"/My files/"']],
    ['retry path:/h', []],
    ['retry path:my', ['path:"My files/"']],
    ['retry path:"my', ['path:"My files/"']],
    ['retry path:"src/"', ['path:src/http/']],
    ['retry "path:"sr', []],
    ['retry lang:"py', ['lang:python ']],
    ['retry -t', []],
    ['retry -te', ['-tests ']],
    ['retry +tes', ['+tests ']],
    ['retry -test', []],
    ['retry -tests', []],
  ];
  test.each(COMPLETED)('%s', (value, expected) => {
    expect(words(value)).toEqual(expected);
  });

  test('languages that are there come first, and all follow', () => {
    expect(words('lang:').slice(0, 3)).toEqual(['lang:go ', 'lang:php ', 'lang:bash ']);
    expect(
      words('lang:')
        .map((word) => word.slice('lang:'.length, -1))
        .sort(),
    ).toEqual([...LANGUAGE_NAMES].sort());
  });

  test('kinds are all there; of folders those that are nearest the top', () => {
    expect(words('kind:').map((word) => word.slice('kind:'.length, -1))).toEqual(KIND_NAMES);
    const folders = Array.from({ length: 20 }, (_, i) => `${'deep/'.repeat(20 - i)}`);
    const { completions } = typedOperators('path:', { languages: [], folders });
    expect(completions).toHaveLength(8);
    expect(completions[0]?.word).toBe('path:deep/');
  });

  test('a completion stands in place of the word, after all that is before it', () => {
    expect(of('retry  with lang:ty').completions[0]?.value).toBe('retry  with lang:typescript ');
  });

  test('what is completed is complete', () => {
    for (const { value } of ['lang:', 'kind:', 'x -te', 'lang:c'].flatMap((each) => of(each).completions)) {
      expect(of(value).isOpen).toBe(false);
      expect(parseQuery(value).text).not.toContain(':');
    }
  });

  const ASKED: readonly [string, string][] = [
    ['retry lang:p', 'retry '],
    ['retry lang:', 'retry '],
    ['retry lang:c', 'retry lang:c'],
    ['retry lang:foo', 'retry lang:foo'],
    ['retry kind:cl', 'retry '],
    ['retry path:sr', 'retry '],
    ['retry path:src', 'retry path:src'],
    ['retry path:http', 'retry path:http'],
    ['retry path:s/x', 'retry path:s/x'],
    ['lang:py', 'lang:py'],
    ['retry path:/src', 'retry path:/src'],
    ['retry path:/http', 'retry path:/http'],
    ['retry path:src\\', 'retry path:src\\'],
    ['retry path:"My files/"', 'retry path:"My files/"'],
    ['retry path:"My f', 'retry path:"My f'],
    ['retry lang:"go"', 'retry lang:"go"'],
    ['retry lang:"ph', 'retry '],
  ];
  test.each(ASKED)('%s asks “%s” meanwhile', (value, question) => {
    expect(of(value).question).toBe(question);
  });

  const WRONG: readonly [string, string[]][] = [
    ['retry lang:foo', ['lang:foo → retry']],
    ['retry lang:foo again', ['lang:foo → retry again']],
    [
      'lang:go kind:thing -lang:klingon x',
      ['kind:thing → lang:go -lang:klingon x', '-lang:klingon → lang:go kind:thing x'],
    ],
    ['lang:"go" lang:"no such" kind:"class" x', ['lang:"no such" → lang:"go" kind:"class" x']],
    ['"x lang:foo y" path:"a lang:foo b"', []],
    ['retry lang:p', []],
    ['lang:p retry', ['lang:p → retry']],
    ['"lang:foo" path:nowhere kind: lang:ts', []],
  ];
  test.each(WRONG)('what makes no sense in %s', (value, expected) => {
    expect(of(value).wrong.map((each) => `${each.word} → ${each.without}`)).toEqual(expected);
  });
});
