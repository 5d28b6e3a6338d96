/** One line on standard error that fills while an index is brought up to date; nothing at all in a pipe. */
import type { IndexProgress } from '../engine/api/work.ts';
import type { Io } from './io.ts';

/** Often enough to look alive, seldom enough to cost nothing. */
const REDRAW_MS = 80;
const BAR_CELLS = 24;
const CLEAR_LINE = '\r\u001b[2K';

export interface ProgressBar {
  readonly update: (progress: IndexProgress) => void;
  readonly clear: () => void;
}

export function createProgressBar(io: Io, now: () => number = Date.now): ProgressBar {
  const columns = io.barColumns;
  if (columns === null) return { update: () => {}, clear: () => {} };
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    update: (progress) => {
      const finished = progress.total > 0 && progress.done >= progress.total;
      if (!finished && now() - drawnAt < REDRAW_MS) return;
      drawnAt = now();
      io.err(CLEAR_LINE + progressLine(progress).slice(0, columns - 1));
    },
    clear: () => {
      if (drawnAt > Number.NEGATIVE_INFINITY) io.err(CLEAR_LINE);
    },
  };
}

export function progressLine(progress: IndexProgress): string {
  if (progress.phase === 'scan') return `Looking for changes … ${progress.done} files`;
  if (progress.phase === 'graph') return `Building the graph … ${percent(progress)} %`;
  const filled = Math.round((BAR_CELLS * progress.done) / Math.max(1, progress.total));
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_CELLS - filled);
  if (progress.phase === 'refine')
    return `Refining ${bar} ${percent(progress)} %  ${progress.done}/${progress.total} functions`;
  return `Indexing ${bar} ${percent(progress)} %  ${progress.done}/${progress.total} files  ${progress.functions} functions`;
}

function percent({ done, total }: IndexProgress): number {
  return Math.floor((100 * done) / Math.max(1, total));
}
