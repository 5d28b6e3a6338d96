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

const cache = process.env.KENNING_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kenning');
const corpus = process.env.KENNING_BENCH_CORPUS ?? join(cache, 'bench-corpus');
/** 100,000 functions: where answering is measured. */
const large = process.env.KENNING_BENCH_CORPUS ?? `${corpus}-large`;
const storage = join(cache, 'bench-index');
const REPORT = 'docs/performance.md';
/** A start takes a third of a second, in which anything else that the machine does shows. */
const STARTS = 5;

if (!process.env.KENNING_BENCH_CORPUS) {
  mkdirSync(cache, { recursive: true });
  const { status } = spawnSync('bash', ['test/bench/corpus.sh', corpus], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
if (spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' }).status !== 0) process.exit(1);
rmSync(storage, { recursive: true, force: true });

const figures = {
  parse: phase('parse'),
  index: phase('index'),
  again: phase('again'),
  first: phase('first'),
  saves: phase('saves'),
  switches: phase('switches'),
  refine: phase('refine'),
  refineLater: phase('refineLater'),
  graphSmall: phase('graph'),
  indexLarge: phase('index', large),
  graph: phase('graph', large),
  warm: middleStart(),
  queries: phase('queries', large),
  scan: phase('scan', large),
  lexical: phase('lexical', large),
  recall: phase('recall'),
};
const machine = `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`;
const idle = process.platform === 'linux' ? phase('idle') : null;
const courtesy = process.platform === 'linux' ? await measureCourtesy(corpus) : null;
const last = existsSync(REPORT) ? readFileSync(REPORT, 'utf8') : '';
const report = performanceReport({ figures, idle, activation: measureActivation(), courtesy, machine, last });
console.log(report);
if (!process.env.KENNING_BENCH_CORPUS) writeFileSync(REPORT, report);

function middleStart(): Record<string, number> {
  const starts = Array.from({ length: STARTS }, () => phase('warm', large));
  return starts.toSorted((a, b) => a.firstAnswerMs! - b.firstAnswerMs!)[Math.floor(STARTS / 2)]!;
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
