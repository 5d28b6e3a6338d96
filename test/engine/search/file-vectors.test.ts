/** A file's sum, whenever it is first asked for: over rows that lie apart, and without those that are gone by then or later. */
import { expect, test } from 'vitest';
import { buildPostings } from '../../../src/core/lexical/postings.ts';
import { FileVectors } from '../../../src/engine/search/file-vectors.ts';

const DIMENSIONS = 2;
/** Row by row; the second function of file 7 was refined, which put it last. */
const FILES = [7, 7, 8, 8, 7];
const ROWS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

function vectors(): { goes: (row: number) => void; sum: (file: number) => number[] } {
  const gone = new Uint8Array(FILES.length);
  const segment = {
    rows: FILES.length,
    dimensions: DIMENSIONS,
    ids: Uint32Array.from(FILES.keys()),
    fileIds: Uint32Array.from(FILES),
    kinds: new Uint8Array(FILES.length),
    vectors: Int8Array.from(ROWS),
    postings: buildPostings({ bytes: new Uint8Array(), starts: new Uint32Array(FILES.length + 1) }),
  };
  const files = new FileVectors(segment, gone);
  const sum = (file: number): number[] => {
    const { of, square } = files.sumOf(file) ?? { of: [0, 0], square: 0 };
    expect(square).toBe(of[0]! ** 2 + of[1]! ** 2);
    return [...of];
  };
  const goes = (row: number): void => {
    gone[row] = 1;
    files.remove(row);
  };
  return { goes, sum };
}

test('all of its rows, and no rows of an unknown file', () => {
  const { sum } = vectors();
  expect([sum(7), sum(7), sum(8), sum(9)]).toEqual([
    [1 + 3 + 9, 2 + 4 + 10],
    [1 + 3 + 9, 2 + 4 + 10],
    [5 + 7, 6 + 8],
    [0, 0],
  ]);
});

test('a row that goes counts no more, before the file was asked for and after', () => {
  const { goes, sum } = vectors();
  goes(4);
  expect(sum(7)).toEqual([1 + 3, 2 + 4]);
  goes(0);
  expect(sum(7)).toEqual([3, 4]);
});
