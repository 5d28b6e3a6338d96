/** Definitions of real code that a grammar shows in an unusual place: each is found once, under its name, with its lines. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { createParser, type SourceParser } from '../../../src/engine/parse/parser.ts';
import { INSTALL_DIR } from '../install.ts';

let parser: SourceParser;
beforeAll(async () => {
  parser = await createParser(grammarDir(INSTALL_DIR));
});
afterAll(() => parser.dispose());

/** `found`: `lines kind qualified.name` of each definition; what is left of a file is not among them. */
type Case = readonly [what: string, path: string, source: string, found: readonly string[]];

const C_LIKE: readonly Case[] = [
  [
    'a macro between a type and a name',
    'a.c',
    '/* Starts. */\nstatic int __init start(void)\n{\n\treturn 0;\n}',
    ['2-5 function start'],
  ],
  [
    'a macro on a line of its own, with line ends of Windows',
    'a.cpp',
    'POOL_BEGIN_API\r\n// Counts.\r\nnamespace stats {\r\nint f() { return 1; }\r\n}\r\n',
    ['4-4 function f'],
  ],
  [
    'test macros',
    'a.cpp',
    'TEST(Pool, Grows) {\n  go();\n}\nclass RGB { RGB(Other) {} };',
    ['1-3 method Pool.Grows', '4-4 class RGB'],
  ],
  [
    'functions that a macro defines',
    'a.c',
    'SYSCALL_DEFINE3(read, unsigned int, fd,\n\t\tchar __user *, buf)\n{\n\treturn 0;\n}\nDEFINE_HANDLER(my_handler, void (*f)(int))\n{\n\tgo();\n}\nlist_for_each_fn(x) { go(); }\nint after(int a) { return a; }',
    ['1-5 function read', '6-9 function my_handler', '10-10 function list_for_each_fn', '11-11 function after'],
  ],
  [
    'two heads of one function',
    'a.cpp',
    'namespace n {\n#ifdef X\nint f(int a) {\n#else\nint f(int a, int b) {\n#endif\n  return a;\n}\nint after() { return 1; }\n}\nint last() { return 2; }',
    ['3-8 function f', '9-9 function after', '11-11 function last'],
  ],
  [
    'branches that close what they open',
    'a.c',
    '#ifdef X\nint f(int a) { return 1; }\n#else\nint g(int a) { return 2; }\n#endif\nint last() { return 2; }',
    ['2-2 function f', '4-4 function g', '6-6 function last'],
  ],
  ['calls of macros', 'a.c', 'EXPORT(one, two);\nint f(void)\n{\n\tEACH(a, b) {\n\t}\n}', ['2-6 function f']],
  ['lambdas', 'a.cpp', 'namespace n {\nconst auto less = [](int a) {\n  return a;\n};\n}', ['2-4 function less']],
  [
    'a conversion out of its class',
    'a.cpp',
    'Foo::operator bool() const { return true; }',
    ['1-1 method Foo.operator bool'],
  ],
  [
    "Qt's sections and macros",
    'a.cpp',
    'class A : public B {\n  Q_OBJECT\n public:\n  void f() override { go(); }\n signals:\n  void s();\n private slots:\n  void g() {}\n};',
    ['1-9 class A', '4-4 method A.f', '8-8 method A.g'],
  ],
  [
    'operators, and properties with expressions as parts of their type',
    'a.cs',
    'struct P {\n  public static P operator +(P a, P b) => a;\n  public static explicit operator P(int i) => new();\n  public int this[int i] { get { return i; } }\n  public bool IsOld => age > 3;\n}',
    ['1-6 class P', '2-2 method P.operator +', '3-3 method P.explicit operator P', '4-4 method P.this'],
  ],
  [
    'an extension block',
    'a.cs',
    'static class E {\n  extension(string s) {\n    public bool IsBlank() => s == "";\n  }\n}',
    ['1-5 class E', '3-3 method E.IsBlank'],
  ],
];

const SCRIPT: readonly Case[] = [
  [
    'overloads and what they declare are one function',
    'a.ts',
    'export function add(a: number): number;\nexport function add(a: string): string;\nexport function add(a: any) {\n  return a;\n}\nclass C {\n  f(a: string): void;\n  f(a: any) {\n    const inner = () => a;\n  }\n}',
    ['1-5 function add', '6-11 class C', '7-10 method C.f'],
  ],
  [
    'ambient functions',
    'a.d.ts',
    'declare function f(a: number): void;\ndeclare function g(): void;',
    ['1-1 function f', '2-2 function g'],
  ],
  [
    "functions under another's care",
    'a.tsx',
    'export const Button = React.memo(function Button(p) {\n  return null;\n});\nconst load = debounce(async () => {\n  go();\n}, 300);\nconst Link = memo(() => <a />);\nconst names = list.map((x) => {\n  return x.name;\n});',
    ['1-3 function Button', '4-6 function load', '7-7 function Link'],
  ],
  [
    'default exports without a name',
    'a.js',
    'export default class extends Base {\n  run() {\n    go();\n  }\n}',
    ['1-5 class a', '2-4 method a.run'],
  ],
  [
    'a default export that is an arrow function',
    'a.ts',
    'export default (app: App) => {\n  app.use();\n};',
    ['1-3 function a'],
  ],
  [
    'functions of an object bear its name',
    'a.ts',
    'export const users = {\n  load: async () => {},\n  admin: {\n    *each() {},\n    all: function* () {},\n  },\n} as const;\nexport const slice = createSlice({\n  reducers: {\n    add(s) {},\n  },\n});\nmodule.exports = { f() {} };',
    [
      '2-2 method users.load',
      '4-4 method users.admin.each',
      '5-5 method users.admin.all',
      '10-10 method slice.reducers.add',
      '13-13 function f',
    ],
  ],
  [
    'tables of functions',
    'a.lua',
    'local M = {\n  open = function() end,\n  inner = {\n    close = function() end,\n  },\n}',
    ['2-2 method M.open', '4-4 method M.inner.close'],
  ],
];

const OTHERS: readonly Case[] = [
  [
    'an implementation is named after its protocol and its type',
    'a.ex',
    'defimpl Size, for: My.User do\n  def size(_), do: 1\nend',
    ['1-3 class Size.User', '2-2 method Size.User.size'],
  ],
  [
    'the first type of a group has its own lines only',
    'a.go',
    'type (\n\tA struct{ x int }\n\n\tB interface{ F() }\n)\ntype C struct {\n\ty int\n}',
    ['2-2 class A', '4-4 interface B', '6-8 class C'],
  ],
  [
    'a function value, an alias, a type made of a generic one',
    'a.go',
    'var handle = func(x int) int {\n\treturn x\n}\ntype M = map[string]int\ntype S Stack[int]',
    ['1-3 function handle', '4-4 type M', '5-5 type S'],
  ],
  [
    'properties with code, and lambdas',
    'a.kt',
    'val String.isBlank: Boolean\n    get() = trim() == ""\nval handle: (Int) -> Unit = { x ->\n    go(x)\n}\nvar plain = 1\n    private set',
    ['1-2 function isBlank', '3-5 function handle'],
  ],
  [
    'closures',
    'a.php',
    '<?php\n$handle = function ($r) {\n  return $r;\n};\n$twice = fn($x) => $x * 2;',
    ['2-4 function handle', '5-5 function twice'],
  ],
  [
    'guards in `when`',
    'a.kt',
    'fun f(x: Any) = when (x) {\n    is String if x.length > 3 -> 1\n    Color.RED if (x.isOld) -> 2\n    else -> if (x) 3 else list.map { it -> 4 }\n}\nfun after() = 1',
    ['1-5 function f', '6-6 function after'],
  ],
  ['a lambda', 'a.py', 'handle = lambda event: go(event)', ['1-1 function handle']],
  [
    'methods and classes that are made by calls',
    'a.rb',
    'Point = Struct.new(:x) do\n  def norm = x.abs\n  define_method(:twice) do\n    x * 2\n  end\nend\nHANDLE = lambda do |x|\n  x\nend',
    ['1-6 class Point', '2-2 method Point.norm', '3-5 method Point.twice', '7-9 function HANDLE'],
  ],
  [
    'implementations for arrays and tuples',
    'a.rs',
    'impl Foo for [u8; 4] {\n    fn f() {}\n}\nimpl Foo for (A, B) {\n    fn f() {}\n}\nimpl Foo for &[u8] {\n    fn f() {}\n}',
    ['2-2 method [u8; 4].f', '5-5 method (A, B).f', '8-8 method [u8].f'],
  ],
  ['an implementation on one row', 'a.rs', 'impl From<A> for B { fn from(a: A) -> Self { B } }', ['1-1 method B.from']],
  [
    'givens, package objects, function values',
    'a.scala',
    'given Show[Int] with\n  def show(a: Int): String = ""\ngiven order: Ordering[Int] with\n  def compare(a: Int): Int = 0\npackage object utils {\n  val twice = (x: Int) => {\n    x * 2\n  }\n}',
    [
      '1-2 class Show.Int',
      '2-2 method Show.Int.show',
      '3-4 class order',
      '4-4 method order.compare',
      '5-9 class utils',
      '6-8 method utils.twice',
    ],
  ],
  [
    'closures, and computed properties as parts of their type',
    'a.swift',
    'struct V: View {\n  var body: some View {\n    Text("x")\n  }\n  var count = 0\n}\nlet twice: (Int) -> Int = { x in\n  x * 2\n}',
    ['1-6 class V', '7-9 function twice'],
  ],
  [
    'a generic type and its test',
    'a.zig',
    'pub fn List(comptime T: type) type {\n    return struct {\n        pub fn add(x: T) void {\n            _ = x;\n        }\n    };\n}\ntest List {\n    _ = List(u8);\n}',
    ['1-7 class List', '3-5 method List.add', '8-10 function List'],
  ],
];

test.each([...C_LIKE, ...SCRIPT, ...OTHERS])('%s (%s)', async (_what, path, source, found) => {
  const { functions } = await parser.parse(path, source);
  const definitions = functions.filter(({ kind }) => kind !== 'module');
  expect(
    definitions.map(
      ({ startLine, endLine, kind, qualifiedName }) => `${startLine}-${endLine} ${kind} ${qualifiedName}`,
    ),
  ).toEqual(found);
});

test('a long function keeps the small functions of the objects in it', async () => {
  const body = Array.from({ length: 70 }, (_, i) => `  step(${i});`);
  const source = [
    'function f() {',
    ...body,
    '  const table = {',
    '    a: () => 1,',
    '    b() {',
    '    },',
    '  };',
    '}',
  ];
  const { functions } = await parser.parse('a.js', source.join('\n'));
  expect(functions.map(({ qualifiedName }) => qualifiedName)).toEqual(['f']);
});

test('overloads too long for one chunk are cut between statements', async () => {
  const statements = Array.from({ length: 40 }, () => '  run(\n    a,\n  );');
  const { functions } = await parser.parse(
    'a.ts',
    ['function f(a: string): void;', 'function f(a: any) {', ...statements, '}'].join('\n'),
  );
  expect(functions.map(({ qualifiedName, signature }) => `${qualifiedName} ${signature}`)).toEqual(
    Array.from({ length: 2 }, () => 'f function f(a: string): void;'),
  );
  expect(functions[1]!.code.split('\n')[0]).toBe('  run(');
});
