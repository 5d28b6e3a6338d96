/** Overloads, pieces and copies are one hit that names the others. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Hit } from '../../../src/engine/api/search.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { INSTALL_DIR } from '../install.ts';
import { temporaryFolder, writeFiles } from '../temporary.ts';

const COPY = 'export function slugify(title: string): string {\n  return title.toLowerCase();\n}\n';
const HANDLER = 'export async function POST(request: Request) {\n  const form = await request.json();\n';
const FILES = {
  'app/orders/route.ts': `${HANDLER}  return createOrder(form);\n}\n`,
  'app/users/route.ts': `${HANDLER}  return inviteUser(form);\n}\n`,
  'src/Area.java':
    'class Area {\n  int area(int side) { return side * side; }\n  int area(int width, int height) { return width * height; }\n}\n',
  'src/slug.ts': COPY,
  'packages/web/slug.ts': COPY,
  'src/quantise.ts':
    "const SCALE = 127;\nexport function quantise(x: number): number {\n  return x * SCALE;\n}\nstart('quantise');\n",
  'src/piece.py': `def very_long(rows):\n${'    rows.append(transform(rows[-1]))\n'.repeat(400)}`,
};

async function first(query: string): Promise<Hit> {
  return (await found(query))[0]!;
}

async function found(query: string): Promise<readonly Hit[]> {
  const dir = temporaryFolder();
  writeFiles(join(dir, 'folder'), FILES);
  const options = { folder: join(dir, 'folder'), storageDir: join(dir, 'index'), installDir: INSTALL_DIR };
  const engine = await openEngine(options);
  onTestFinished(() => engine.close());
  await engine.update();
  return (await engine.search({ query, limit: 10 })).results;
}

const places = (hit: Hit): string[] =>
  [hit, ...(hit.also ?? [])].map(({ path, startLine }) => `${path}:${startLine}`).sort();

test.each([
  ['overloads', 'area of a rectangle', ['src/Area.java:2', 'src/Area.java:3']],
  ['copies in other folders', 'slugify', ['packages/web/slug.ts:1', 'src/slug.ts:1']],
  ['a function and the rest of a file that is called the same stay two', 'quantise', ['src/quantise.ts:2']],
])('%s', async (_, query, expected) => {
  expect(places(await first(query))).toEqual(expected);
});

test('the pieces of a long function', async () => {
  const hit = await first('very_long');
  expect(hit.also!.length).toBeGreaterThan(0);
  expect(new Set([hit, ...hit.also!].map(({ name }) => name))).toEqual(new Set(['very_long']));
});

test('handlers that begin alike and are as long, but do something else, are hits of their own', async () => {
  const paths = (await found('handle a POST request')).slice(0, 2).map(({ path }) => path);
  expect(paths.sort()).toEqual(['app/orders/route.ts', 'app/users/route.ts']);
});
