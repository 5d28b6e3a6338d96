/** Squeezed code and bare data against readable code with data in it. */
import { expect, test } from 'vitest';
import { minifiedBy } from '../../../src/core/files/minified.ts';

const BASE64 = 'iVBORw0KGgo+/aB9'.repeat(3000);
const READABLE = 'function add(a, b) {\n  return a + b;\n}\n'.repeat(200);
const SQUEEZED = 'function a(b,c){return b+c};'.repeat(2000);

test.each([
  ['one squeezed line', SQUEEZED, '56000 characters a line on average'],
  [
    'a long licence before it',
    `${'/* a line of a licence */\n'.repeat(400)}${SQUEEZED}`,
    'one line of 56000 characters',
  ],
  ['squeezed code around data', `${SQUEEZED}"${BASE64}"`, '56002 characters a line on average'],
  ['data alone', BASE64, '48000 characters a line on average'],
  ['data alone in wide lines', `${'A'.repeat(2000)}\n`.repeat(20), '2001 characters a line on average'],
])('%s is minified', (_, text, measure) => {
  expect(minifiedBy(text)).toBe(measure);
});

test.each([
  ['ordinary code', READABLE],
  ['code with an image in it', `${READABLE}const IMAGE = "data:image/png;base64,${BASE64}";\n${READABLE}`],
  ['code with a source map', `${READABLE}//# sourceMappingURL=data:application/json;base64,${BASE64}`],
  ['one short line', 'x=1;'.repeat(300)],
  ['old Mac line ends in a short file', 'a = 1\rb = 2\r'.repeat(50)],
  ['nothing', ''],
])('%s is not', (_, text) => {
  expect(minifiedBy(text)).toBeNull();
});
