/**
 * `npm run bench:huge`: what half a million functions cost, the Linux kernel's and those of the large corpus; printed and
 * written to docs/performance-huge.md. Some 2 GB of disk and, on two cores, half an hour; no part of `npm run bench`. Needs
 * the large corpus, which `npm run bench` makes. Every phase is a process of its own, as there.
 * KENNING_HUGE_PHASES=warm,queries: those phases alone, over the index of the last run; of the others its figures stand.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, homedir } from 'node:os';
import { join } from 'node:path';

const PHASES = ['index', 'graph', 'warm', 'queries', 'scan'] as const;
type Phase = (typeof PHASES)[number];
type Figures = Readonly<Record<string, number>>;
type Measured = Partial<Record<Phase, Figures>>;

const cache = process.env.KENNING_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kenning');
const corpus = join(cache, 'bench-corpus-huge');
const storage = join(cache, 'bench-index-huge');
/** The last figures of each phase. */
const FIGURES_FILE = `${storage}.json`;
const chosen = process.env.KENNING_HUGE_PHASES?.split(',') ?? [...PHASES];

run('bash', ['test/bench/corpus-huge.sh', corpus, join(cache, 'bench-corpus-large')]);
run(process.execPath, ['scripts/build.mjs']);
if (chosen.includes('index')) rmSync(storage, { recursive: true, force: true });
const measured: Measured = existsSync(FIGURES_FILE) ? (JSON.parse(readFileSync(FIGURES_FILE, 'utf8')) as Measured) : {};
for (const name of PHASES.filter((each) => chosen.includes(each))) {
  measured[name] = phase(name);
  writeFileSync(FIGURES_FILE, JSON.stringify(measured));
}
const rows = PHASES.flatMap((name) => (measured[name] ? rowsOf(name, measured[name]) : []));
const report = [
  '# Performance over half a million functions',
  '',
  "Written by `npm run bench:huge`: Debian's source of Linux beside the large corpus of [performance.md](performance.md), each",
  'phase in a process of its own. Where the machine is shared, processor time says more than the wall clock.',
  '',
  `Measured on ${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}.`,
  '',
  '| what | measured | target |',
  '| --- | --- | --- |',
  ...rows.map((row) => `| ${row.join(' | ')} |`),
  '',
].join('\n');
console.log(report);
writeFileSync('docs/performance-huge.md', report);

function phase(name: Phase): Figures {
  // The flags that the engine's process runs with.
  const flags = ['--no-warnings', '--max-semi-space-size=8'];
  const text = run(process.execPath, [...flags, 'test/bench/phase.ts', name, corpus, storage]);
  console.error(`${name}: ${text.trim()}`);
  return JSON.parse(text) as Figures;
}

/** What it printed; ends this process where it fails. */
function run(command: string, parameters: readonly string[]): string {
  const env = { MALLOC_ARENA_MAX: '2', ...process.env };
  const { status, stdout } = spawnSync(command, parameters, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

function rowsOf(name: Phase, figures: Figures): (readonly [what: string, measured: string, target: string])[] {
  const { functions, files, seconds, cpuSeconds, bytes } = figures as Record<string, number>;
  const peak = (doing: string) =>
    [`peak memory of the engine while ${doing}`, megabytes(figures.peakBytes!), '≤ 1500 MB'] as const;
  const took = `${seconds?.toFixed(0)} s (${cpuSeconds!.toFixed(0)} s of processor time)`;
  switch (name) {
    case 'index':
      return [
        ['files, functions', `${files}, ${functions}`, ''],
        ['whole index', took, 'finishes'],
        peak('indexing'),
        ['on disk', `${megabytes(bytes!)} (${Math.round(bytes! / functions!)} B/function)`, ''],
      ];
    case 'graph':
      return [['building the graph in idle time', took, ''], peak('building it')];
    case 'warm':
      return [['warm start to first answer', `${figures.firstAnswerMs!.toFixed(0)} ms`, '']];
    default:
      return [
        [
          `query p50 and p95${name === 'scan' ? ' without the graph' : ''}`,
          spread(figures, 'p50Ms', 'p95Ms'),
          '≤ 40 ms',
        ],
        ['the same in processor time', spread(figures, 'cpuP50Ms', 'cpuP95Ms'), ''],
        ['memory at rest afterwards', megabytes(figures.idleBytes!), ''],
      ];
  }
}

function spread(figures: Figures, p50: string, p95: string): string {
  return `${figures[p50]!.toFixed(1)} ms, ${figures[p95]!.toFixed(1)} ms`;
}

function megabytes(value: number): string {
  return `${(value / 1e6).toFixed(0)} MB`;
}
