/** What is known of the workspace for completing operators. The engine is a fake. */
import { expect, test } from 'vitest';
import { Facts } from '../../../src/extension/panel/facts.ts';
import type { ServiceClient } from '../../../src/service/client.ts';
import type { FolderHit } from '../../../src/service/merge.ts';

test('folders of indexed files, those that hold them among them, whichever folder fails', async () => {
  const client = {
    folders: [{ folder: '/a' }, { folder: '/broken' }],
    indexedFolders: async (folder: string) => {
      if (folder === '/broken') throw new Error('not open');
      return ['', 'src/http/'];
    },
  };
  const facts = new Facts();
  expect(await facts.learnFolders(client as unknown as ServiceClient)).toBe(true);
  expect(await facts.learnFolders(client as unknown as ServiceClient)).toBe(false);
  expect(facts.known).toEqual({ languages: [], folders: ['src/', 'src/http/'] });
  facts.addHits([{ language: 'go', path: 'cmd/main.go' } as FolderHit]);
  expect(facts.known).toEqual({ languages: ['go'], folders: ['src/', 'src/http/', 'cmd/'] });
});
