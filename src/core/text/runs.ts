/**
 * Runs of letters, marks, digits, `_` and `$`: no word and no identifier reaches over the end of one. Code is made of few
 * different runs, so what is worked out for one is worth keeping.
 */

const RUN = /[\p{L}\p{M}\p{Nd}_$]+/gu;
/** Longer ones are data, and never come again. */
const KEPT_CHARS = 80;

/** In order of appearance. */
export function runsOf(text: string): readonly string[] {
  return text.match(RUN) ?? [];
}

/** `work`, worked out once for each run; `most` bounds what is kept. */
export function onceForEachRun<Result>(most: number, work: (run: string) => Result): (run: string) => Result {
  const known = new Map<string, Result>();
  return (run) => {
    const before = known.get(run);
    if (before !== undefined) return before;
    const result = work(run);
    if (run.length > KEPT_CHARS) return result;
    if (known.size >= most) known.clear();
    known.set(run, result);
    return result;
  };
}
