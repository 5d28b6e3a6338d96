import { describe, expect, test } from 'vitest';
import { askedOf } from '../../src/core/nested-folders.ts';
import type { SearchRequest } from '../../src/engine/api/search.ts';
import { concerns, requestIn, type WorkspaceSimilarRequest } from '../../src/service/workspace-request.ts';

const ASKED = { query: 'q', limit: 3 };

describe('what of a question concerns one folder', () => {
  const CASES: readonly [string, SearchRequest['near'], SearchRequest['near']][] = [
    ['nothing told', undefined, undefined],
    [
      'its own files, in their order',
      { open: ['/w/a/x.ts', '/w/b/y.ts'], recent: ['/w/a/s/z.ts', '/w/b/y.ts', '/w/a/x.ts'] },
      { open: ['x.ts'], recent: ['s/z.ts', 'x.ts'] },
    ],
    ['files of others only', { open: ['/w/b/y.ts'], recent: ['/w/ab/x.ts', '/w/x.ts'] }, undefined],
    ['the folder itself and the one above', { open: ['/w/a', '/w'], recent: [] }, undefined],
    [
      'names that begin with dots',
      { open: ['/w/a/..x/y.ts', '/w/a/..z'], recent: [] },
      { open: ['..x/y.ts', '..z'], recent: [] },
    ],
  ];
  test.each(CASES)('%s', (_, near, expected) => {
    expect(requestIn('/w/a', { ...ASKED, ...(near && { near }) })).toEqual({
      ...ASKED,
      ...(expected && { near: expected }),
    });
  });
});

test('a request within a folder concerns that folder alone, and tells it the file', () => {
  const folderOnly = { ...ASKED, within: { folder: '/w/a' } };
  expect(['/w/a', '/w/b'].map((folder) => concerns(folderOnly, folder))).toEqual([true, false]);
  expect(['/w/a', '/w/b'].map((folder) => concerns(ASKED, folder))).toEqual([true, true]);
  expect(requestIn('/w/a', folderOnly)).toEqual(ASKED);
  expect(requestIn('/w/a', { ...ASKED, within: { folder: '/w/a', file: 's/x.ts' } })).toEqual({
    ...ASKED,
    file: 's/x.ts',
  });
});

test.each([
  ['its own folder', '/w/a', { path: 'x.ts', startLine: 2, endLine: 4 }],
  ['the folder around', '/w', { path: 'a/x.ts', startLine: 2, endLine: 4 }],
  ['another folder', '/w/b', { path: 'x.ts' }],
])('where code stands, as told to %s', (_, folder, place) => {
  const asked = { code: 'c', only: 'duplicates', folder: '/w/a', path: 'x.ts', startLine: 2, endLine: 4 } as const;
  expect(askedOf(folder, asked)).toEqual({ code: 'c', only: 'duplicates', ...place });
  const nowhere: WorkspaceSimilarRequest = { code: 'c', limit: 3 };
  expect(askedOf(folder, nowhere)).toEqual({ code: 'c', limit: 3 });
});
