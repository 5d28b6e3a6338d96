/** Nothing but a hub's model that the user named makes Kenning open a connection. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from '@huggingface/transformers';
import { afterEach, expect, test, vi } from 'vitest';
import { openEngine } from '../../../src/engine/open.ts';
import { INSTALL_DIR } from '../install.ts';
import { RETRY_TS } from '../sample-sources.ts';
import { temporaryFolder, writeFiles } from '../temporary.ts';
import { TINY_NAMED } from './models.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test.each(['', TINY_NAMED])('indexing and searching with model "%s" ask for nothing', async (model) => {
  const fetched = vi.spyOn(globalThis, 'fetch');
  const folder = temporaryFolder();
  writeFiles(folder, { 'retry.ts': RETRY_TS });
  const engine = await openEngine({ folder, storageDir: temporaryFolder(), installDir: INSTALL_DIR, model });
  await engine.update();
  await engine.search({ query: 'retry', limit: 5 });
  await engine.close();
  expect(fetched).not.toHaveBeenCalled();
});

test("the library's own way to the hub is shut once it is loaded", async () => {
  const { loadNamedStudent } = await import('../../../src/engine/named/named-student.ts');
  const student = await loadNamedStudent({ name: TINY_NAMED, folder: '/', storageDir: '/' });
  await student.dispose();
  expect(env.allowRemoteModels).toBe(false);
  await expect(env.fetch('https://example.org/')).rejects.toThrow('Kenning loads models from disk');
});

test('one file of the sources can fetch, and none opens a connection otherwise', () => {
  const sources = globSync('src/**/*.ts', { cwd: INSTALL_DIR }).map((file) => file.replaceAll('\\', '/'));
  const holding = (pattern: RegExp): string[] =>
    sources.filter((file) => pattern.test(readFileSync(join(INSTALL_DIR, file), 'utf8')));
  expect(holding(/\bfetch\(/)).toEqual(['src/engine/named/hub.ts']);
  expect(holding(/from '(?:node:)?(?:https?|http2|net|tls|dgram|dns|undici)(?:\/\w+)?'/)).toEqual([]);
});
