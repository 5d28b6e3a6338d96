import { describe, expect, test } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { createProgressBar, progressLine } from '../../src/cli/progress-bar.ts';

const CLEAR_LINE = '\r\u001b[2K';

function terminal(columns: number | null): { io: Io; written: string[] } {
  const written: string[] = [];
  return {
    io: {
      out: () => {},
      err: (text) => written.push(text),
      stdin: process.stdin,
      closed: new AbortController().signal,
      colours: false,
      barColumns: columns,
    },
    written,
  };
}

const half = { phase: 'index', done: 50, total: 100, functions: 640 } as const;

describe('progress bar', () => {
  test('writes nothing in a pipe', () => {
    const { io, written } = terminal(null);
    const bar = createProgressBar(io);
    bar.update(half);
    bar.clear();
    expect(written).toEqual([]);
  });

  test('redraws seldom, and always at the end', () => {
    const { io, written } = terminal(80);
    let now = 0;
    const bar = createProgressBar(io, () => now);
    bar.update(half);
    now = 10;
    bar.update({ ...half, done: 51 });
    bar.update({ ...half, done: 100 });
    expect(written).toHaveLength(2);
    expect(written[1]).toContain('100 %');
  });

  test('never wraps', () => {
    const { io, written } = terminal(20);
    createProgressBar(io).update(half);
    expect(written[0]!.slice(CLEAR_LINE.length)).toHaveLength(19);
  });

  test('leaves a clean line', () => {
    const { io, written } = terminal(80);
    const bar = createProgressBar(io);
    bar.update(half);
    bar.clear();
    expect(written.at(-1)).toBe(CLEAR_LINE);
  });

  test('tells files and functions', () => {
    expect(progressLine(half)).toBe('Indexing ████████████░░░░░░░░░░░░ 50 %  50/100 files  640 functions');
    expect(progressLine({ phase: 'refine', done: 160, total: 640, functions: 640 })).toBe(
      'Refining ██████░░░░░░░░░░░░░░░░░░ 25 %  160/640 functions',
    );
  });
});
