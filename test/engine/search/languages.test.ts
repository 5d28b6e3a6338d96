/** Questions in other languages than English: answered, whatever the words; operators work as ever. */

import { describe, expect, test } from 'vitest';
import { searchedFolder } from './searched-folder.ts';

const FILES = {
  'src/refs.py': 'def resolve_reference(name):\n    return table[name]\n',
  'src/groesse.py': 'def berechne_größe(datei):\n    """Größe der Datei in Byte."""\n    return len(datei)\n',
  'src/zh.py': 'def parse_header(data):\n    # 解析 文件头\n    return data[:4]\n',
  'src/ru.py': 'def read_config(path):\n    # читает файл настроек\n    return open(path)\n',
  'lib/cart.go': 'package shop\n\nfunc Total() int {\n\treturn sum()\n}\n',
};

const engine = searchedFolder(FILES);

async function names(query: string): Promise<string[]> {
  return (await engine().search({ query, limit: 5 })).results.map(({ name }) => name);
}

describe('a question in', () => {
  test.each([
    ['French', 'résoudre une référence', 'resolve_reference'],
    ['French, taken apart', 're\u0301fe\u0301rence', 'resolve_reference'],
    ['German', 'Größe einer Datei', 'berechne_größe'],
    ['German, taken apart', 'Gro\u0308ße', 'berechne_größe'],
    ['Chinese', '文件头', 'parse_header'],
    ['Chinese with English', '解析 header', 'parse_header'],
    ['full-width letters', 'ｐａｒｓｅ　ｈｅａｄｅｒ', 'parse_header'],
    ['Russian', 'прочитать файл', 'read_config'],
    ['Chinese, exactly', '"解析 文件头"', 'parse_header'],
  ])('%s finds it', async (_, query, expected) => {
    expect((await names(query))[0]).toBe(expected);
  });

  test.each([
    'wo werden die Anfragen weitergeleitet',
    '如何处理用户登录请求',
    'как обрабатываются запросы пользователя',
    'où sont gérées les erreurs réseau',
    'ユーザー認証を処理する',
    'كيف يتم تحليل الملف',
    '\u0301\u0301',
    '🦊🦊',
    '\ud800 half a character',
  ])('%s is answered, within its operators', async (query) => {
    expect((await names(query)).length).toBeLessThanOrEqual(5);
    for (const { language, why } of (await engine().search({ query: `${query} lang:go`, limit: 5 })).results) {
      expect(language).toBe('go');
      expect(Number.isFinite(why.semantic) && Number.isFinite(why.lexical)).toBe(true);
    }
  });
});

test('a misspelt word shows what it was taken for', async () => {
  const [hit] = (await engine().search({ query: 'resolve refernce', limit: 1 })).results;
  expect(hit).toMatchObject({ name: 'resolve_reference' });
  expect(hit!.why.words).toContain('reference');
});
