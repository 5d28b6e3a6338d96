/** The benchmark's figures as docs/performance.md: measured values beside their targets. */
import type { Activation } from './activation.ts';

type Figures = Readonly<
  Record<
    'parse' | 'index' | 'again' | 'refine' | 'warm' | 'queries' | 'saves' | 'lexical',
    Readonly<Record<string, number>>
  >
>;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

const activationText = (host: Activation['host']): string =>
  host ? `${host.loadMs} + ${host.activateMs} ms` : 'not measured: no VS Code is installed for the tests';

export function performanceReport(
  { parse, index, again, refine, warm, queries, saves, lexical }: Figures,
  { bundleBytes, host }: Activation,
  machine: string,
): string {
  const rows: [string, string, string][] = [
    ['files, functions', `${index.files}, ${index.functions}`, ''],
    ['parse only', `${parse.seconds!.toFixed(1)} s`, ''],
    [
      'whole index',
      `${index.seconds!.toFixed(1)} s (${Math.round(index.functions! / index.seconds!)} functions/s)`,
      '',
    ],
    ['whole index ÷ parse only', (index.seconds! / parse.seconds!).toFixed(2), '≤ 2.5'],
    ['peak memory of the engine while indexing', megabytes(index.peakBytes!), '≤ 600 MB'],
    ['on disk', `${megabytes(index.bytes!)} (${Math.round(index.bytes! / index.functions!)} B/function)`, '≤ 900 B'],
    [
      'second run, nothing changed',
      `${again.seconds!.toFixed(1)} s, ${again.filesParsed} parsed, ${again.embedded} embedded`,
      '0, 0',
    ],
    [
      'second student over all functions, in the background',
      `${refine.seconds!.toFixed(0)} s (${Math.round(refine.refined! / refine.seconds!)} functions/s)`,
      '',
    ],
    ['query p50 and p95 meanwhile', `${refine.p50Ms!.toFixed(1)} ms, ${refine.p95Ms!.toFixed(1)} ms`, ''],
    ['peak memory of the engine meanwhile', megabytes(refine.peakBytes!), ''],
    ['warm start to first answer', `${warm.firstAnswerMs!.toFixed(0)} ms`, '≤ 500 ms'],
    [`query p50 (${queries.queries} queries)`, `${queries.p50Ms!.toFixed(1)} ms`, ''],
    ['query p95', `${queries.p95Ms!.toFixed(1)} ms`, '≤ 30 ms'],
    [
      `from a save to the answer that has it, p50 and p95 (${saves.saves} saves, ${saves.found} found)`,
      `${saves.p50Ms!.toFixed(0)} ms, ${saves.p95Ms!.toFixed(0)} ms`,
      '≤ 300 ms',
    ],
    [
      `lexical list alone, p95 of processor time over ${lexical.rows} functions (the index twice)`,
      `${lexical.p95Ms!.toFixed(1)} ms`,
      '≤ 5 ms at 100,000',
    ],
    ['memory while answering', megabytes(queries.peakBytes!), '≤ 250 MB'],
    ['activation in the extension host: loading the code + activate()', activationText(host), '≤ 50 ms'],
    ["the extension's bundle", `${(bundleBytes / 1000).toFixed(0)} kB`, '< 150 kB'],
  ];
  return [
    '# Performance',
    '',
    'Written by `npm run bench`: source packages of Django, Rails, Guava, Go (standard library), Redis and RxJS without their',
    'test suites, each phase in a process of its own. The machine is shared, so read the ratios rather than the seconds.',
    '',
    `Measured on ${machine}.`,
    '',
    '| what | measured | target |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
  ].join('\n');
}
