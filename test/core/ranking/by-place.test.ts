import { expect, test } from 'vitest';
import { byPlace } from '../../../src/core/ranking/by-place.ts';

test('equal hits come by path, whatever was indexed first, and within a file as they appear', () => {
  const hits = [
    { path: 'b.py', id: 1 },
    { path: 'a.py', id: 9 },
    { path: 'a.py', id: 3 },
  ];
  expect(hits.toSorted(byPlace).map(({ id }) => id)).toEqual([3, 9, 1]);
  expect(byPlace(hits[0]!, hits[0]!)).toBe(0);
});
