/** `kenning index`: brings the index up to date and says what that took. */
import type { IndexReport } from '../engine/api.ts';
import { ENGINE_OPTIONS, noPositionals, parseArguments } from './arguments.ts';
import { formatBytes, formatCount, formatSkipped } from './format.ts';
import type { Io } from './io.ts';
import { updateWithBar, withEngine } from './session.ts';

export async function index(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, ENGINE_OPTIONS);
  noPositionals(parsed);
  return withEngine(parsed, async (engine) => {
    const report = await updateWithBar(engine, io);
    io.out(parsed.values.json ? `${JSON.stringify(report)}\n` : humanReport(report));
    for (const notice of engine.status().notices) io.err(`${notice}\n`);
    return report.cancelled ? 2 : 0;
  });
}

function humanReport(report: IndexReport): string {
  const lines = [
    `${formatCount(report.files, 'file')}, ${formatCount(report.functions, 'function')}, ${formatBytes(report.bytes)} on disk`,
    `${formatCount(report.filesParsed, 'file')} parsed and ${formatCount(report.embedded, 'function')} embedded in ${report.seconds.toFixed(1)} s` +
      (report.embedded > 0 ? ` (${Math.round(report.functionsPerSecond).toLocaleString('en')} functions/s)` : ''),
  ];
  const skipped = formatSkipped(report.skipped);
  if (skipped) lines.push(`not indexed: ${skipped}`);
  if (report.cancelled) lines.push('Stopped before the end; the next run goes on from here.');
  return `${lines.join('\n')}\n`;
}
