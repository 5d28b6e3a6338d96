/** The benchmark's figures as docs/performance.md: measured values beside their targets. */
import type { Activation, Start } from './activation.ts';
import type { Courtesy } from './courtesy.ts';
import { pastRuns, type RunFigures } from './history.ts';

type Phase =
  | 'parse'
  | 'index'
  | 'again'
  | 'first'
  | 'saves'
  | 'switches'
  | 'refine'
  | 'refineLater'
  | 'graphSmall'
  | 'indexLarge'
  | 'graph'
  | 'warm'
  | 'queries'
  | 'scan'
  | 'lexical'
  | 'recall';
type Figures = Readonly<Record<Phase, Readonly<Record<string, number>>>>;
type Row = readonly [what: string, measured: string, target: string];

/** What the targets speak of. */
const MANY = 50_000;

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

const startText = (start: Start | null): string =>
  start ? `${start.loadMs} + ${start.activateMs} ms` : 'not measured: no VS Code is installed for the tests';

/** As long as it took, were there 50,000 functions. */
const forMany = (seconds: number, functions: number): string => `${((seconds * MANY) / functions).toFixed(0)} s`;

const times = ({ p50Ms, p95Ms }: Readonly<Record<string, number>>): string =>
  `${p50Ms!.toFixed(1)} ms, ${p95Ms!.toFixed(1)} ms`;

export interface Measured {
  readonly figures: Figures;
  /** Null where the system does not tell. */
  readonly idle: Readonly<Record<string, number>> | null;
  readonly activation: Activation;
  /** Null where the system does not tell. */
  readonly courtesy: Courtesy | null;
  readonly machine: string;
  /** What the host took of it for others meanwhile, 0..1; null where the system does not tell. */
  readonly stolen: number | null;
  /** The report of the run before, or empty. */
  readonly last: string;
}

export function performanceReport({ figures, idle, activation, courtesy, machine, stolen, last }: Measured): string {
  const rows = [
    ...indexing(figures),
    ...following(figures),
    ...answering(figures),
    ...(idle ? resting(idle) : []),
    ...starting(activation),
    ...(courtesy ? leaving(courtesy) : []),
  ];
  return [
    '# Performance',
    '',
    'Written by `npm run bench`: source packages of Django, Rails, Guava, Go (standard library), Redis and RxJS without their',
    'test suites, each phase in a process of its own. The machine is shared, so read the ratios rather than the seconds.',
    "Answering is measured over more of Go's sources, 100,000 functions in all, at moments apart. Parsing alone is done on",
    'one thread; the whole index parses on one and embeds and writes on another.',
    '',
    `Measured on ${machine}${stolen === null ? '' : `, of whose time ${(100 * stolen).toFixed(1)} % went to others meanwhile`}.`,
    '',
    '| what | measured | target |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    ...(courtesy ? traced(courtesy) : []),
    ...pastRuns(last, runOf(figures)),
  ].join('\n');
}

function indexing({ parse, index, again, indexLarge }: Figures): Row[] {
  const { functions, seconds, bytes, peakBytes } = index as Record<string, number>;
  return [
    ['files, functions', `${index.files}, ${functions}; ${indexLarge.files}, ${indexLarge.functions}`, ''],
    ['parse only, on one thread', `${parse.seconds!.toFixed(1)} s`, ''],
    ['whole index', `${seconds!.toFixed(1)} s (${Math.round(functions! / seconds!)} functions/s)`, ''],
    ['whole index, for 50,000 functions', forMany(seconds!, functions!), '≤ 60 s'],
    ['whole index ÷ parse only', (seconds! / parse.seconds!).toFixed(2), '≤ 1.6'],
    ['peak memory of the engine while indexing', megabytes(peakBytes!), '≤ 600 MB'],
    ['on disk', `${megabytes(bytes!)} (${Math.round(bytes! / functions!)} B/function)`, '≤ 900 B'],
    [
      'second run, nothing changed',
      `${again.seconds!.toFixed(1)} s, ${again.filesParsed} parsed, ${again.embedded} embedded`,
      '0, 0',
    ],
  ];
}

function following({ index, first, saves, switches, refine, refineLater }: Figures): Row[] {
  const share = (functions: number): string => `${((100 * functions) / index.functions!).toFixed(1)} %`;
  return [
    [
      `folder never indexed: first answer with hits, the open file's (over ${first.firstFunctions} functions, ${share(first.firstFunctions!)})`,
      `${first.firstMs!.toFixed(0)} ms`,
      '≤ 2 s',
    ],
    [
      `and over more than the open file (${first.moreFunctions} functions, ${share(first.moreFunctions!)})`,
      `${first.moreMs!.toFixed(0)} ms`,
      '',
    ],
    [
      `from a save to the answer that has it, p50 and p95 (${saves.saves} saves, ${saves.found} found)`,
      `${saves.p50Ms!.toFixed(0)} ms, ${saves.p95Ms!.toFixed(0)} ms`,
      '≤ 300 ms',
    ],
    [
      `from a \`git checkout\` of ${switches.changedFiles} files to the answer that has them, p50 and most (${switches.switches} switches)`,
      `${inSeconds(switches.p50Ms!)}, ${inSeconds(switches.mostMs!)}${switches.processorP50Ms ? ` (${inSeconds(switches.processorP50Ms)} of processor time)` : ''}`,
      '≤ 5 s',
    ],
    [
      `second student in the background after indexing, for 50,000 functions, while eight questions are typed every ten seconds (${refine.asked})`,
      `${forMany(refine.seconds!, refine.refined!)} (${Math.round(refine.refined! / refine.seconds!)} functions/s)`,
      '≤ 120 s',
    ],
    [
      'the same but for the seconds in which somebody typed, for whom it stands still',
      forMany(refine.seconds! - refine.typingSeconds!, refine.refined!),
      '',
    ],
    [
      'second student over an index of another process, whose files it has to read, for 50,000 functions, nobody typing',
      forMany(refineLater.seconds!, refineLater.refined!),
      '',
    ],
    ['query p50 and p95 meanwhile', times(refine), ''],
    ['query p50 meanwhile ÷ afterwards', (refine.p50Ms! / refine.p50AfterMs!).toFixed(2), '≤ 1.5'],
    [
      'the same of the first of eight, which comes while the second student works',
      `${refine.firstP50Ms!.toFixed(1)} ms, ${(refine.firstP50Ms! / refine.firstP50AfterMs!).toFixed(2)}`,
      '',
    ],
    ['peak memory of the engine meanwhile', megabytes(refine.peakBytes!), ''],
  ];
}

function answering({ indexLarge, graph, warm, queries, scan, lexical, recall }: Figures): Row[] {
  const over = `over ${indexLarge.functions} functions`;
  return [
    [`building the graph in idle time, ${over}`, `${graph.seconds!.toFixed(0)} s`, ''],
    [
      `warm start to first answer, ${over}, the middle one of ${warm.starts}`,
      `${warm.firstAnswerMs!.toFixed(0)} ms`,
      '≤ 300 ms',
    ],
    [
      `query p50 and p95, ${over} (${queries.queries} queries), the middle one of ${queries.moments} moments`,
      times(queries),
      '≤ 6 ms, ≤ 16 ms',
    ],
    ['the same without the graph: every vector compared', times(scan), ''],
    [
      `lexical list alone, p95 of processor time, over ${lexical.rows} functions`,
      `${lexical.p95Ms!.toFixed(1)} ms`,
      '≤ 5 ms',
    ],
    [
      `recall@10 of the graph against the scan, while ${(100 * recall.replaced!).toFixed(0)} % of ${recall.functions} functions are replaced: the least, and in the end`,
      `${recall.least!.toFixed(4)}, ${recall.last!.toFixed(4)}`,
      '≥ 0.98',
    ],
    ['memory while answering', megabytes(queries.peakBytes!), ''],
  ];
}

function resting({ functions, residentBytes }: Readonly<Record<string, number>>): Row[] {
  const what = `memory of the background process at rest, after an update and 40 questions, over ${functions} functions`;
  return [[what, megabytes(residentBytes!), '≤ 250 MB at 50,000']];
}

function starting({ bundleBytes, host, empty }: Activation): Row[] {
  return [
    ['activation in the extension host: loading the code + activate()', startText(host), '≤ 50 ms'],
    ['the same of an extension that does nothing, which the editor takes for each', startText(empty), ''],
    ["the extension's bundle", `${(bundleBytes / 1000).toFixed(0)} kB`, '< 150 kB'],
  ];
}

function leaving({ priority, jobShare, coresBesideJob, coresAlone, coresOnBattery, pauseMs }: Courtesy): Row[] {
  return [
    [
      `a job of the user's that wants one core, beside indexing (at priority ${priority}; 0 is normal)`,
      `${(100 * jobShare).toFixed(0)} % of its speed alone`,
      '',
    ],
    [
      'cores that indexing uses: beside that job, alone, on battery',
      [coresBesideJob, coresAlone, coresOnBattery].map((cores) => cores.toFixed(2)).join(', '),
      '',
    ],
    ['from a pause to the last work, in quarters of a second', `${pauseMs} ms`, ''],
  ];
}

function traced({ trace }: Courtesy): string[] {
  return [
    '## What indexing leaves to its user',
    '',
    'The processor that the background process uses, in tenths of a core, a number each quarter of a second:',
    '',
    '```',
    ...trace,
    '```',
    '',
  ];
}

function runOf({ parse, index, indexLarge, warm, queries }: Figures): RunFigures {
  return {
    day: new Date().toISOString().slice(0, 10),
    functions: index.functions!,
    indexSeconds: index.seconds!,
    indexToParse: index.seconds! / parse.seconds!,
    bytesPerFunction: index.bytes! / index.functions!,
    warmMs: warm.firstAnswerMs!,
    p50Ms: queries.p50Ms!,
    p95Ms: queries.p95Ms!,
    answeringFunctions: indexLarge.functions!,
  };
}
