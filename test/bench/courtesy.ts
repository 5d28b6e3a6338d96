/**
 * What indexing leaves to its user, as a trace of the background process's use of the processor (Linux's `/proc`, four
 * times a second): beside a job of the user's that wants one core, after a pause, and on battery.
 * `node test/bench/courtesy.ts FOLDER` prints it; the folder should take some ten seconds to index.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceClient } from '../../src/service/client.ts';
import { REBUILD } from '../../src/service/update-request.ts';
import { processorMs, TICK_MS } from './processor-time.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MAINS_WORKER = join(ROOT, 'src/service/worker.ts');
const BATTERY_WORKER = join(ROOT, 'test/bench/battery-worker.ts');
const SAMPLE_MS = 250;
const JOB_MS = 5000;
/** Counts for a while on one core, at normal priority, and says how far it came. */
const JOB = `const end = Date.now() + ${JOB_MS}; let n = 0; while (Date.now() < end) for (let i = 0; i < 1e5; i++) n++; console.log(n)`;

export interface Courtesy {
  readonly priority: number;
  /** How far the user's job comes beside indexing, as a share of how far it comes alone. */
  readonly jobShare: number;
  /** Cores that the process uses: alone with the user's job, on mains without it, and on battery. */
  readonly coresBesideJob: number;
  readonly coresAlone: number;
  readonly coresOnBattery: number;
  /** From asking for a pause to the last sample in which the process worked, in steps of the sample. */
  readonly pauseMs: number;
  readonly trace: readonly string[];
}

export async function measureCourtesy(folder: string): Promise<Courtesy> {
  const alone = await runJob();
  const mains = await withClient(MAINS_WORKER, folder, async (client, trace) => {
    const from = trace.mark('indexing beside a job of the user that wants one core');
    const beside = await runJob();
    const besideCores = trace.coresSince(from);
    const free = trace.mark('the job has ended');
    await sleep(2000);
    const coresAlone = trace.coresSince(free);
    const priority = getPriority(client.pid!);
    const pausedAt = trace.mark('pause');
    client.setPaused(true);
    await sleep(2000);
    return { priority, beside, besideCores, coresAlone, pauseMs: trace.workedUntil(pausedAt), lines: trace.lines() };
  });
  const battery = await withClient(BATTERY_WORKER, folder, async (_, trace) => {
    const from = trace.mark('indexing on battery');
    await sleep(JOB_MS);
    return { cores: trace.coresSince(from), lines: trace.lines() };
  });
  return {
    priority: mains.priority,
    jobShare: mains.beside / alone,
    coresBesideJob: mains.besideCores,
    coresAlone: mains.coresAlone,
    coresOnBattery: battery.cores,
    pauseMs: mains.pauseMs,
    trace: [...mains.lines, ...battery.lines],
  };
}

async function withClient<T>(
  workerPath: string,
  folder: string,
  look: (client: ServiceClient, trace: Trace) => Promise<T>,
): Promise<T> {
  const storageDir = mkdtempSync(join(tmpdir(), 'kenning-courtesy-'));
  const client = new ServiceClient({ workerPath, first: () => [], log: () => undefined });
  try {
    client.openFolder({ folder, storageDir, installDir: ROOT });
    client.update(folder, REBUILD);
    while (client.folders[0]?.progress?.phase !== 'index') await sleep(10);
    using trace = new Trace(client.pid!);
    return await look(client, trace);
  } finally {
    await client.stop();
    rmSync(storageDir, { recursive: true, force: true });
  }
}

function runJob(): Promise<number> {
  return new Promise((resolve, reject) => {
    const job = spawn(process.execPath, ['-e', JOB], { stdio: ['ignore', 'pipe', 'inherit'] });
    job.stdout.on('data', (data: Buffer) => resolve(Number(data.toString())));
    job.on('error', reject);
  });
}

/** Samples of one process's use of the processor, with marks between them. */
class Trace implements Disposable {
  readonly #pid: number;
  readonly #samples: number[] = [];
  readonly #marks = new Map<number, string>();
  readonly #timer: NodeJS.Timeout;
  #usedMs: number;
  #at = performance.now();

  constructor(pid: number) {
    this.#pid = pid;
    this.#usedMs = processorMs(pid);
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  /** The number of the sample that begins now. */
  mark(text: string): number {
    this.#sample();
    this.#marks.set(this.#samples.length, text);
    return this.#samples.length;
  }

  /** Cores in use on average. */
  coresSince(mark: number): number {
    const samples = this.#samples.slice(mark);
    return samples.reduce((sum, cores) => sum + cores, 0) / samples.length;
  }

  /** Milliseconds from `mark` to the end of the last sample with work in it: more than a twentieth of a core. */
  workedUntil(mark: number): number {
    return (this.#samples.slice(mark).findLastIndex((cores) => cores > 0.05) + 1) * SAMPLE_MS;
  }

  /** A line a mark: the samples that follow it in tenths of a core. */
  lines(): readonly string[] {
    const marks = [...this.#marks.keys()];
    return marks.map((from, i) => {
      const tenths = this.#samples.slice(from, marks[i + 1]).map((cores) => Math.round(cores * 10));
      return `${this.#marks.get(from)}: ${tenths.join(' ')}`;
    });
  }

  #sample(): void {
    const [usedMs, at] = [processorMs(this.#pid), performance.now()];
    if (at - this.#at > TICK_MS) this.#samples.push((usedMs - this.#usedMs) / (at - this.#at));
    this.#usedMs = usedMs;
    this.#at = at;
  }
}

if (import.meta.main ?? process.argv[1] === import.meta.filename) {
  const { trace, ...figures } = await measureCourtesy(process.argv[2]!);
  console.log(`${trace.join('\n')}\n${JSON.stringify(figures)}`);
}
