/**
 * `npm run bench`: what indexing and searching cost on a pinned corpus, printed and written to docs/performance.md.
 * Every figure comes from a process of its own, so that peak memory is that phase's; ratios are taken within one run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, homedir } from 'node:os';
import { join } from 'node:path';
import { measureActivation } from './activation.ts';
import { measureCourtesy } from './courtesy.ts';
import { performanceReport } from './report.ts';
import { stolenShare } from './stolen.ts';

const cache = process.env.KENNING_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kenning');
const corpus = process.env.KENNING_BENCH_CORPUS ?? join(cache, 'bench-corpus');
/** 100,000 functions: where answering is measured. */
const large = process.env.KENNING_BENCH_CORPUS ?? `${corpus}-large`;
const storage = join(cache, 'bench-index');
const REPORT = 'docs/performance.md';
/** A start takes a third of a second, and all questions two: anything else that the machine does then shows. */
const STARTS_AT_ONCE = 5;

if (!process.env.KENNING_BENCH_CORPUS) {
  mkdirSync(cache, { recursive: true });
  const { status } = spawnSync('bash', ['test/bench/corpus.sh', corpus], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
if (spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' }).status !== 0) process.exit(1);
rmSync(storage, { recursive: true, force: true });

const stolen = stolenShare();
const starts: Record<string, number>[] = [];
const askings: Record<string, number>[] = [];

const made = {
  parse: phase('parse'),
  index: phase('index'),
  again: phase('again'),
  first: phase('first'),
  saves: phase('saves'),
  switches: phase('switches'),
  indexLarge: phase('index', large),
  graph: phase('graph', large),
};
answer();
const refined = { refine: phase('refine'), refineLater: phase('refineLater'), graphSmall: phase('graph') };
answer();
const compared = { scan: phase('scan', large), lexical: phase('lexical', large), recall: phase('recall') };
answer();
const warm = { ...middle(starts, 'firstAnswerMs'), starts: starts.length };
const figures = {
  ...made,
  ...refined,
  ...compared,
  warm,
  queries: { ...middle(askings, 'p50Ms'), moments: askings.length },
};
const machine = `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`;
const idle = process.platform === 'linux' ? phase('idle') : null;
const courtesy = process.platform === 'linux' ? await measureCourtesy(corpus) : null;
const last = existsSync(REPORT) ? readFileSync(REPORT, 'utf8') : '';
const activation = measureActivation();
const report = performanceReport({ figures, idle, activation, courtesy, machine, stolen: stolen(), last });
console.log(report);
if (!process.env.KENNING_BENCH_CORPUS) writeFileSync(REPORT, report);

/** Called at several moments of the run: one bad minute of the machine must not be all that is known of it. */
function answer(): void {
  for (let i = 0; i < STARTS_AT_ONCE; i++) starts.push(phase('warm', large));
  askings.push(phase('queries', large));
}

function middle(runs: readonly Record<string, number>[], figure: string): Record<string, number> {
  return runs.toSorted((a, b) => a[figure]! - b[figure]!)[Math.floor(runs.length / 2)]!;
}

function phase(name: string, folder = corpus): Record<string, number> {
  // What the engine's process runs with.
  const flags = ['--no-warnings', '--max-semi-space-size=8'];
  const run = spawnSync(process.execPath, [...flags, 'test/bench/phase.ts', name, folder, storage], {
    encoding: 'utf8',
    env: { MALLOC_ARENA_MAX: '2', ...process.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.status !== 0) process.exit(run.status ?? 1);
  console.error(`${name}: ${run.stdout.trim()}`);
  return JSON.parse(run.stdout) as Record<string, number>;
}
