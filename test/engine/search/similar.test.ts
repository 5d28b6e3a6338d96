/** Code like this code, in the whole engine: the code itself is no hit, what is like it comes first, duplicates are told apart. */
import { expect, test } from 'vitest';
import type { Hit, SimilarRequest } from '../../../src/engine/api/search.ts';
import { searchedFolder } from './searched-folder.ts';

const TOTAL = `def total_price(items, tax_rate):
    total = 0
    for item in items:
        total += item.price * item.count
    return total * (1 + tax_rate)
`;
const MAIL = `def send_mail(address, subject):
    connection = connect(address)
    connection.write(subject)
    return connection.close()
`;
const FILES = {
  'shop/cart.py': `import shop\n\n\nclass Cart:\n    """Holds items."""\n\n${MAIL.replace(/^/gm, '    ')}\n\n${TOTAL}`,
  'shop/copy.py': TOTAL.replaceAll('item', 'entry').replace('total_price', 'sum_of_entries'),
  'billing/twin.py': TOTAL,
  'mail/send.py': MAIL.replace('subject):', 'subject, body):').replace('write(subject)', 'write(subject + body)'),
  'web/draw.py': 'def draw_circle(canvas, radius):\n    canvas.arc(0, 0, radius)\n    canvas.stroke()\n',
  'web/app.ts': 'export class View {\n  paint(canvas: Canvas): void {\n    canvas.arc(1, 2, 3);\n  }\n}\n',
};
const CART = { path: 'shop/cart.py', startLine: 13, endLine: 17, code: TOTAL };

const engine = searchedFolder(FILES);
const hits = async (request: SimilarRequest): Promise<readonly Hit[]> => (await engine().similar(request)).results;
const names = (found: readonly Hit[]): string[] => found.map(({ path, name }) => `${path} ${name}`);

test('what is like a function comes first, and the function itself is no hit', async () => {
  const answer = await engine().similar(CART);
  expect(names(answer.results).slice(0, 2)).toEqual(['billing/twin.py total_price', 'shop/copy.py sum_of_entries']);
  expect(names(answer.results)).not.toContain('shop/cart.py total_price');
  expect(answer).toMatchObject({ query: '', index: { complete: true } });
  const [twin, renamed, ...others] = answer.results;
  expect(twin!.why).toMatchObject({ lexical: 1, boosts: {}, comparedWith: 'code' });
  expect(twin!.why.words).toEqual(expect.arrayContaining(['tax', 'rate']));
  expect(twin!.why.words).not.toContain('def');
  expect(renamed!.score).toBeLessThan(twin!.score);
  expect(others.every(({ score }) => score < renamed!.score)).toBe(true);
});

test('duplicates are those alone that say the same in nearly the same words', async () => {
  expect(names(await hits({ ...CART, only: 'duplicates' }))).toEqual(['billing/twin.py total_price']);
  expect(
    await hits({ code: FILES['web/draw.py'], path: 'web/draw.py', startLine: 1, endLine: 3, only: 'duplicates' }),
  ).toEqual([]);
});

test('code from nowhere has all that is like it; copies are one hit', async () => {
  const [first] = await hits({ code: TOTAL });
  const places = [first!, ...first!.also!].map(({ path }) => path).sort();
  expect(places).toEqual(['billing/twin.py', 'shop/cart.py']);
});

test('an edited buffer and a part of a function are understood as well', async () => {
  const edited = CART.code.replace('total = 0', 'total = decimal(0)');
  expect(names(await hits({ ...CART, code: edited }))[0]).toBe('billing/twin.py total_price');
  const part = { code: '    for item in items:\n        total += item.price * item.count\n', path: CART.path };
  expect(names(await hits({ ...part, startLine: 15, endLine: 16 }))).not.toContain('shop/cart.py total_price');
});

test('a method set in its class is read as the function that it is; Windows line ends change nothing', async () => {
  const code = MAIL.replace(/^/gm, '    ').replaceAll('\n', '\r\n');
  const [first] = await hits({ code, path: 'shop/cart.py', startLine: 7, endLine: 10 });
  expect(first).toMatchObject({ path: 'mail/send.py', name: 'send_mail' });
});

test('what stands as it was indexed has its stored vector and terms: they tell the same as the code read anew', async () => {
  const evidence = (found: readonly Hit[]): unknown => {
    const { semantic, lexical } = found.find(({ path }) => path === 'shop/copy.py')!.why;
    return { semantic: semantic.toFixed(1), lexical };
  };
  const place = { path: 'billing/twin.py', startLine: 1, endLine: 5 };
  const stored = await hits({ ...CART, ...place });
  expect(stored[0]).toMatchObject({ path: 'shop/cart.py', why: { lexical: 1 } });
  expect(evidence(stored)).toEqual(evidence(await hits({ code: TOTAL, path: place.path })));
});

test('limit', async () => {
  expect(await hits({ ...CART, limit: 1 })).toHaveLength(1);
});

test.each([[''], ['  \n'], ['{}();']])('nothing is like %j', async (code) => {
  expect(await hits({ code })).toEqual([]);
});

test.each([
  [0, 3],
  [4, 3],
  [1.5, 3],
])('lines %s to %s are no range', async (startLine, endLine) => {
  await expect(hits({ ...CART, startLine, endLine })).rejects.toMatchObject({ name: 'KenningError', code: 'usage' });
});

test('a cancelled one ends as such', async () => {
  await expect(engine().similar(CART, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
});

test('the outline of a text: functions and types, nested ones after what holds them', async () => {
  const entries = await engine().outline({ path: 'new/any.py', text: FILES['shop/cart.py'] });
  expect(entries.map(({ name, kind, startLine, endLine }) => [name, kind, startLine, endLine])).toEqual([
    ['Cart', 'class', 4, 10],
    ['Cart.send_mail', 'method', 7, 10],
    ['total_price', 'function', 13, 17],
  ]);
  const long = `def long(rows):\n${'    rows.append(transform(rows[-1]))\n'.repeat(400)}`;
  expect(await engine().outline({ path: 'long.py', text: long })).toEqual([
    { name: 'long', kind: 'function', startLine: 1, endLine: 401 },
  ]);
  expect(await engine().outline({ path: 'notes.txt', text: 'one\ntwo\n' })).toEqual([]);
});
