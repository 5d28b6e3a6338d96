/** What stands in the way of an update, and whether there is an answer all the same. */
import { expect, test } from 'vitest';
import { bringUpToDate } from '../../src/cli/search.ts';
import { type ErrorCode, KenningError } from '../../src/core/errors.ts';
import type { Engine } from '../../src/engine/api.ts';

const ENDLESS = new AbortController().signal;

async function said(code: ErrorCode): Promise<string> {
  let told = '';
  const engine = {
    update: () => Promise.reject(new KenningError(code, 'It could not be written.')),
    status: () => ({ notices: [] }),
  } as unknown as Engine;
  const err = (text: string): void => {
    told += text;
  };
  await bringUpToDate(engine, {
    out: () => undefined,
    err,
    stdin: process.stdin,
    closed: ENDLESS,
    colours: false,
    barColumns: null,
  });
  return told;
}

test.each<ErrorCode>(['index-locked', 'index-write-failed'])('what is indexed is searched: %s', async (code) => {
  expect(await said(code)).toBe('It could not be written. Searching what is indexed so far.\n');
});

test('an index that cannot be read is no answer', async () => {
  await expect(said('index-unreadable')).rejects.toThrow('It could not be written.');
});
