/** JavaScript's functions that are given to a call or exported without a name: each is found once, calls of lists and tests are none. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { createParser, type SourceParser } from '../../../src/engine/parse/parser.ts';
import { INSTALL_DIR } from '../install.ts';

let parser: SourceParser;
beforeAll(async () => {
  parser = await createParser(grammarDir(INSTALL_DIR));
});
afterAll(() => parser.dispose());

async function found(path: string, source: string): Promise<string[]> {
  const { functions } = await parser.parse(path, source);
  return functions
    .filter(({ kind }) => kind !== 'module')
    .map(({ startLine, endLine, kind, qualifiedName }) => `${startLine}-${endLine} ${kind} ${qualifiedName}`);
}

const BODY = '{\n  go();\n  stop();\n}';

test.each([
  ['var', `var groupBy = createAggregator(function (result) ${BODY});`, 'groupBy'],
  ['an assignment', `exports.onCreate = functions.https.onRequest(async (req, res) => ${BODY});`, 'onCreate'],
  ['calls behind it', `export const handler = middy(async (event) => ${BODY}).use(json()).use(log());`, 'handler'],
  ['two calls', `export const Show = memo(forwardRef((props, ref) => ${BODY}));`, 'Show'],
  ['a function that gives one', `export const load = wrapper.load((store) => async (ctx) => ${BODY});`, 'load'],
  ['a default export', `export default defineEventHandler(async (event) => ${BODY});`, 'plain-a'],
  ['a default export of several calls', `export default connect(map)(function View(props) ${BODY});`, 'plain-a'],
  ['all that is exported', `module.exports = withAuth(async (req) => ${BODY});`, 'plain-a'],
  ['an argument with a name', `router.post('/login', validate, async function login(req, res) ${BODY});`, 'login'],
  ['two arguments with names', `run(function first(a) ${BODY}, function second(a) {});`, 'first'],
])('%s', async (_what, source, name) => {
  for (const path of ['src/plain.a.js', 'src/plain.a.ts'])
    expect(await found(path, source)).toEqual([`1-4 function ${name}`]);
});

test.each([
  ['src/parse.js', 'module.exports = (a) => a;', '1-1 function parse'],
  ['src/parse.js', 'exports = module.exports = function (a) {};', '1-1 function parse'],
  ['src/parse.js', 'module.exports = function read(a) {};', '1-1 function read'],
  ['src/parse.js', 'module.exports = class Reader {};', '1-1 class Reader'],
  ['src/parse.js', 'module.exports = class {};', '1-1 class parse'],
  ['src/parse/index.ts', 'export default (a) => a;', '1-1 function parse'],
  ['index.ts', 'export default (a) => a;', '1-1 function index'],
  ['vite.config.ts', 'export default defineConfig(() => {\n});', '1-2 function vite-config'],
])('%s: %s', async (path, source, expected) => expect(await found(path, source)).toEqual([expected]));

test.each([
  "describe('a', function suite() {\n  it('b', async function test() {\n    go();\n  });\n});",
  "it('b', () => {\n  go();\n});",
  'var names = list.map(function (x) {\n  return x;\n});',
  'var names = list.map((x) => {\n  return x;\n}).join();',
  'var done = wrap(list.map((x) => {\n  return x;\n}));',
  'list.forEach(function each(x) {\n  go(x);\n});',
  'define(function all(require) {\n  go();\n});',
])('none: %s', async (source) => expect(await found('a.js', source)).toEqual([]));

test('a callback stays part of its function', async () => {
  const source = 'function f(items) {\n  run(function inner() {\n    go();\n  });\n  return items.map((x) => x);\n}';
  expect(await found('a.js', source)).toEqual(['1-6 function f']);
});

test('a long function under the care of a call is one, its own name included', async () => {
  const steps = Array.from({ length: 70 }, (_, i) => `  step(${i});`).join('\n');
  const source = `const Show = memo(function Show(props) {\n${steps}\n}, same);`;
  expect(await found('a.js', source)).toEqual(['1-72 function Show']);
});

test('the call belongs to the function that is given to it, its documentation too', async () => {
  const { functions } = await parser.parse(
    'a.js',
    "// Lets a user in.\nrouter.post('/login', async function login(req) {\n  go();\n});",
  );
  expect(functions).toMatchObject([
    { name: 'login', doc: 'Lets a user in.', signature: "router.post('/login', async function login(req)" },
  ]);
  expect(functions[0]!.code).toContain("'/login'");
});
