import { describe, expect, test } from 'vitest';
import type { SearchRequest } from '../../src/engine/api.ts';
import { requestIn } from '../../src/service/workspace-request.ts';

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
