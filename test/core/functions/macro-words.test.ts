/** Which words the grammar of C++ is spared, and that nothing else is touched. */
import { describe, expect, test } from 'vitest';
import { withoutMacroWords } from '../../../src/core/functions/macro-words.ts';
import { cpp } from '../../../src/core/languages/cpp.ts';

const plain = (text: string): string => withoutMacroWords(text, cpp.macroWords!);

describe('the words a macro stands for are blanked, and lengths stay', () => {
  test.each([
    ['API_BEGIN\nnamespace a {', 'namespace a {'],
    [
      'API_BEGIN\n// Why.\n/* And\n how. */\ntemplate <class T> class A;',
      '// Why.\n/* And\n how. */\ntemplate <class T> class A;',
    ],
    ['API_OUTER\nAPI_INNER\nclass A {};', 'class A {};'],
    ['API_WARN(ignored "x")\nclass A {};', 'class A {};'],
    ['static API_INLINE auto f() {}', 'static auto f() {}'],
    ['API_ONE API_TWO void f() {}', 'void f() {}'],
    ['  API_CONSTEXPR Pool(int a) : a_(a) {}', 'Pool(int a) : a_(a) {}'],
    ['API_CONSTEXPR20 ~Pool() {}', '~Pool() {}'],
    ['class API_SHOWN Pool final : Base {', 'class Pool final : Base {'],
    ['struct API_SHOWN("x") Pool<T*> {', 'struct Pool<T*> {'],
    ['if API_CONSTEXPR (a) b();', 'if (a) b();'],
  ])('%j', (text, expected) => {
    const blanked = plain(text);
    expect(blanked).toHaveLength(text.length);
    expect(blanked.replace(/ +/g, ' ').trim()).toBe(expected);
    expect(blanked.split('\n')).toHaveLength(text.split('\n').length);
  });
});

describe('what may be a type, a value or the preprocessor’s own stays', () => {
  test.each([
    'BOOL ready(int a) { return TRUE; }',
    'DWORD\nready(int a) {}',
    '#ifdef API\nnamespace a {',
    '#if A && \\\n  B\nclass C {};',
    '#define API\nclass A {};',
    'enum { ONE, TWO };',
    'int a = ONE\n  | TWO;',
    'struct FILE final : Base {};',
    'struct FILE : Base {};',
    'class Pool : public BASE {};',
    'x = a ? FLAG : OTHER;',
    'if (FLAG) (void)0;',
  ])('%j', (text) => expect(plain(text)).toBe(text));
});

test.each(['AB /*\n', 'AB\n', 'AB(', 'AB ', 'class AB ', 'AB f(', ' ', 'AB //\n', 'A'])(
  'a wall of %j is read in a time that grows with its length',
  (piece) => expect(plain(piece.repeat(20_000)).length).toBe(piece.length * 20_000),
);
