/** `kenning mcp` with several folders, one of them inside another: who is asked, and where a function stands in the answer. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RETRY_TS } from '../../engine/sample-sources.ts';
import { sharedFolder, writeFiles } from '../../engine/temporary.ts';
import { type Connected, call, connect } from './client.ts';

const [outer, other, storageDir] = [sharedFolder(), sharedFolder(), sharedFolder()];
const inner = join(outer, 'lib');
const DATES_PY = 'def parse_date(text):\n    return strptime(text)\n';

let served: Connected;

beforeAll(async () => {
  writeFiles(outer, { 'src/dates.py': DATES_PY, 'lib/src/retry.ts': RETRY_TS });
  writeFiles(other, { 'src/dates.py': DATES_PY, 'deep/src/retry.ts': RETRY_TS });
  served = await connect({ args: [outer, inner, other], cwd: storageDir, storageDir });
});

afterAll(() => served.client.close());

async function found(tool: string, args: Readonly<Record<string, unknown>>): Promise<string[]> {
  const { data, text } = await call(served.client, tool, { limit: 50, ...args });
  expect(text).not.toContain('partial');
  const results = data.results as { path: string }[];
  return results.map(({ path }) => path.replace(outer, 'OUTER').replace(other, 'OTHER')).sort();
}

const ALL = ['OTHER/deep/src/retry.ts', 'OTHER/src/dates.py', 'OUTER/lib/src/retry.ts', 'OUTER/src/dates.py'];

test.each<[string, string | undefined, string[]]>([
  ['every folder', undefined, ALL],
  ['a path in each of them', 'src/dates', ['OTHER/src/dates.py', 'OUTER/src/dates.py']],
  ['one folder', other, ALL.slice(0, 2)],
  ['a path in one folder, from its top', join(other, 'src'), ['OTHER/src/dates.py']],
  ['a path in the inner folder', join(inner, 'src'), ['OUTER/lib/src/retry.ts']],
  ['a path in the outer folder', join(outer, 'src'), ['OUTER/src/dates.py']],
])('search_code in %s finds each function once', async (_, path, expected) => {
  expect(await found('search_code', { query: 'retry a date with backoff', path })).toEqual(expected);
});

test.each([
  ['the outer folder', join(outer, 'lib/src/retry.ts')],
  ['whichever holds it', 'deep/src/retry.ts'],
  ['the inner folder', 'src/retry.ts'],
])('find_similar of a place in %s finds its twin, not the place itself', async (_, path) => {
  const twins = ['OTHER/deep/src/retry.ts', 'OUTER/lib/src/retry.ts'];
  const own = path.startsWith('deep') ? twins[0] : twins[1];
  expect(await found('find_similar', { path, line: 2, duplicatesOnly: true })).toEqual(
    twins.filter((twin) => twin !== own),
  );
});
