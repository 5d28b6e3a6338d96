/** `kenning index`: brings the index up to date, makes its vectors as good as they get, and says what that took. */
import type { IndexReport, RefineReport } from '../engine/api/work.ts';
import { ENGINE_OPTIONS, noPositionals, parseArguments } from './arguments.ts';
import { formatBytes, formatCount, formatSkipped } from './format.ts';
import type { Io } from './io.ts';
import { refineWithBar, updateWithBar, withEngine } from './session.ts';

export async function index(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, { ...ENGINE_OPTIONS, rebuild: { type: 'boolean' } });
  noPositionals(parsed);
  return withEngine(parsed, async (engine) => {
    const report = await updateWithBar(engine, io, parsed.values.rebuild ? { rebuild: true } : {});
    const refinement = report.cancelled || engine.status().refined === null ? null : await refineWithBar(engine, io);
    const cancelled = report.cancelled || refinement?.cancelled === true;
    const whole = { ...report, bytes: engine.status().bytes, cancelled };
    io.out(parsed.values.json ? jsonReport(whole, refinement) : humanReport(whole, refinement));
    for (const notice of engine.status().notices) io.err(`${notice}\n`);
    return cancelled ? 2 : 0;
  });
}

/** `refined` and what belongs to it are there where a refiner is in use. */
function jsonReport(report: IndexReport, refinement: RefineReport | null): string {
  const refined = refinement && {
    refined: refinement.refined,
    toRefine: refinement.waiting,
    refineSeconds: refinement.seconds,
  };
  return `${JSON.stringify({ ...report, ...refined })}\n`;
}

function humanReport(report: IndexReport, refinement: RefineReport | null): string {
  const lines = [
    `${formatCount(report.files, 'file')}, ${formatCount(report.functions, 'function')}, ${formatBytes(report.bytes)} on disk`,
    `${formatCount(report.filesParsed, 'file')} parsed and ${formatCount(report.embedded, 'function')} embedded in ${report.seconds.toFixed(1)} s` +
      (report.embedded > 0 ? ` (${Math.round(report.functionsPerSecond).toLocaleString('en')} functions/s)` : ''),
  ];
  if (refinement) lines.push(refinedLine(refinement));
  const skipped = formatSkipped(report.skipped);
  if (skipped) lines.push(`not indexed: ${skipped}`);
  if (report.cancelled) lines.push('Stopped before the end; the next run goes on from here.');
  return `${lines.join('\n')}\n`;
}

function refinedLine({ refined, waiting, seconds }: RefineReport): string {
  const speed = refined > 0 ? ` (${Math.round(refined / seconds).toLocaleString('en')} functions/s)` : '';
  const left = waiting > 0 ? `; ${formatCount(waiting, 'function')} still to be refined` : '';
  return `${formatCount(refined, 'function')} refined in ${seconds.toFixed(1)} s${speed}${left}`;
}
