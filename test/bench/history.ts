/** The figures of past runs, a row a run, kept in the report itself: each run takes them over and puts its own on top. */

const HEADING = '## Past runs';

export interface RunFigures {
  /** `2026-11-21`. */
  readonly day: string;
  readonly functions: number;
  readonly indexSeconds: number;
  readonly indexToParse: number;
  readonly bytesPerFunction: number;
  readonly warmMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** What these are over. */
  readonly answeringFunctions: number;
}

/** The last part of the report. `report`: the one of the run before, or empty. */
export function pastRuns(report: string, run: RunFigures): readonly string[] {
  return [
    HEADING,
    '',
    'On whatever machine was at hand: compare ratios.',
    '',
    '| day | functions | whole index | ÷ parse only | on disk | warm start | query p50, p95 | over |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    rowOf(run),
    ...rowsOf(report),
    '',
  ];
}

function rowOf(run: RunFigures): string {
  const cells = [
    run.day,
    run.functions,
    `${run.indexSeconds.toFixed(1)} s`,
    run.indexToParse.toFixed(2),
    `${run.bytesPerFunction.toFixed(0)} B/function`,
    `${run.warmMs.toFixed(0)} ms`,
    `${run.p50Ms.toFixed(1)} ms, ${run.p95Ms.toFixed(1)} ms`,
    run.answeringFunctions,
  ];
  return `| ${cells.join(' | ')} |`;
}

function rowsOf(report: string): readonly string[] {
  const [, history = ''] = report.split(HEADING);
  return history.split('\n').filter((line) => /^\| \d/.test(line));
}
