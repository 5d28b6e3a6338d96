import { describe, expect, test } from 'vitest';
import { Remembered } from '../../../src/engine/store/remembered.ts';

/** Gives `10 × key`, nothing for 0, and notes what it was asked for. */
function reading(): { read: (keys: readonly number[]) => Map<number, number>; asked: number[][] } {
  const asked: number[][] = [];
  const read = (keys: readonly number[]): Map<number, number> => {
    asked.push([...keys]);
    return new Map(keys.filter((key) => key > 0).map((key) => [key, 10 * key]));
  };
  return { read, asked };
}

describe('what was read before', () => {
  test('is not read again, and comes in the order that it is asked in', () => {
    const [kept, { read, asked }] = [new Remembered<number, number>(10), reading()];
    expect(kept.get('a', [2, 1], read)).toEqual([20, 10]);
    expect(kept.get('a', [1, 3, 2], read)).toEqual([10, 30, 20]);
    expect(kept.get('a', [3, 1], read)).toEqual([30, 10]);
    expect(asked).toEqual([[2, 1], [3]]);
  });

  test('is forgotten with the next change', () => {
    const [kept, { read, asked }] = [new Remembered<number, number>(10), reading()];
    kept.get('a', [1], read);
    kept.get('b', [1], read);
    expect(asked).toEqual([[1], [1]]);
  });

  test('stands over a change where the caller says so, and what does not is read or is gone', () => {
    const [kept, { read, asked }] = [new Remembered<number, number>(10), reading()];
    const looked: number[][] = [];
    const standing = (known: readonly number[]): Set<number> => {
      looked.push([...known]);
      return new Set(known.filter((key) => key !== 2));
    };
    kept.get('a', [1, 2, 3], read, standing);
    const gone = (keys: readonly number[]): Map<number, number> =>
      new Map([...read(keys)].filter(([key]) => key !== 2));
    expect(kept.get('b', [2, 1, 4], gone, standing)).toEqual([10, 40]);
    expect(asked).toEqual([
      [1, 2, 3],
      [2, 4],
    ]);
    kept.get('b', [1, 4], read, standing);
    expect(kept.get('c', [3], read, standing)).toEqual([30]);
    expect(looked).toEqual([[2, 1], [3]]);
    expect(asked).toHaveLength(2);
  });

  test('stands over a change that did nothing to it, and only what was known right before that', () => {
    const [kept, { read, asked }] = [new Remembered<number, number>(10), reading()];
    kept.get('a', [1], read);
    kept.get('b', [2], read);
    kept.outlast({ before: 'b', after: 'c' });
    expect(kept.get('c', [1, 2], read)).toEqual([10, 20]);
    expect(asked).toEqual([[1], [2], [1]]);
  });

  test('is found under the key that it has now, and not under the one before', () => {
    const [kept, { read, asked }] = [new Remembered<number, number>(10), reading()];
    kept.get('a', [1, 2], read);
    kept.rename(
      new Map([
        [1, 5],
        [9, 6],
      ]),
      (value, key) => 1000 * value + key,
    );
    expect(kept.get('a', [5, 2], read)).toEqual([10_005, 20]);
    expect(kept.get('a', [1, 6], read)).toEqual([10, 60]);
    expect(asked).toEqual([
      [1, 2],
      [1, 6],
    ]);
  });

  test('of what there is nothing of, is left out', () => {
    const [kept, { read }] = [new Remembered<number, number>(10), reading()];
    expect(kept.get('a', [1, 0, 2], read)).toEqual([10, 20]);
  });

  test('is bounded, and complete where it is more than that', () => {
    const [kept, { read, asked }] = [new Remembered<number, number>(3), reading()];
    expect(kept.get('a', [1, 2], read)).toEqual([10, 20]);
    expect(kept.get('a', [1, 2, 3, 4], read)).toEqual([10, 20, 30, 40]);
    expect(kept.get('a', [5, 6, 7, 8], read)).toEqual([50, 60, 70, 80]);
    kept.get('a', [5, 1], read);
    expect(asked.at(-1)).toEqual([5, 1]);
  });

  test('goes for what is new, the oldest first', () => {
    const [kept, { read, asked }] = [new Remembered<number, number>(3), reading()];
    for (const key of [1, 2, 3, 4]) kept.get('a', [key], read);
    kept.get('a', [2, 3, 4], read);
    expect(asked).toHaveLength(4);
    kept.get('a', [1], read);
    expect(asked.at(-1)).toEqual([1]);
  });
});
