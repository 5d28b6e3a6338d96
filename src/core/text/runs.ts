/**
 * Runs of letters, marks, digits, `_` and `$`: no word and no identifier reaches over the end of one. Code is made of few
 * different runs, so what is worked out for one is worth keeping.
 */
import { onceForEach } from '../once-for-each.ts';

const RUN = /[\p{L}\p{M}\p{Nd}_$]+/gu;
/** Longer ones are data, and never come again. */
const KEPT_CHARS = 80;

/** In order of appearance. */
export function runsOf(text: string): readonly string[] {
  return text.match(RUN) ?? [];
}

/** `work`, worked out once for each run; `most` bounds what is kept. */
export function onceForEachRun<Result>(most: number, work: (run: string) => Result): (run: string) => Result {
  const once = onceForEach(most, work);
  return (run) => (run.length > KEPT_CHARS ? work(run) : once(run));
}
