/** Many mutated files of one language, one after the other, in this process: what failed, how slow the slowest was, memory. */

import { createRandom } from '../engine/repair/random.ts';
import { type Checked, type Checker, checkFile, createChecker } from './check-file.ts';
import { type Corpus, readCorpus } from './corpus.ts';
import { type Mutated, mutate, randomOf } from './mutations.ts';
import { wasmBytes } from './wasm-memory.ts';

export interface CampaignOptions {
  readonly language: string;
  readonly seed: number;
  readonly files: number;
  /** Index of the first one: every file can be made again alone. */
  readonly first?: number;
  /** Told before each file, so that one that never ends is known. */
  readonly onFile?: (index: number) => void;
}

export interface Failure {
  readonly index: number;
  readonly kinds: readonly string[];
  readonly wrong: readonly string[];
}

/** After a collection of garbage, in MB. */
export interface Memory {
  readonly rss: number;
  /** Of JavaScript and WebAssembly; what the system gives to the process goes up and down with no regard to it. */
  readonly used: number;
}

export interface CampaignReport {
  readonly language: string;
  readonly files: number;
  readonly fates: Readonly<Partial<Record<Checked['fate'], number>>>;
  /** Reason → files that were cut into windows of lines for it. */
  readonly cuts: Readonly<Record<string, number>>;
  readonly functions: number;
  readonly slowest: { readonly index: number; readonly ms: number; readonly bytes: number };
  readonly meanMs: number;
  readonly failures: readonly Failure[];
  /** After all files, and after the last of them once more, which should need nothing new; without `--expose-gc` empty. */
  readonly memory: readonly Memory[];
}

/** Of processor time, for one file. */
const HANG_MS = 1000;
/** WebAssembly's memory is as large as the largest file wanted it, and words are kept: only files seen before tell a leak. */
const FILES_AGAIN = 1000;

export const makeFile = (corpus: Corpus, { language, seed }: CampaignOptions, index: number): Mutated =>
  mutate(corpus, language, randomOf(createRandom, seed, language, index));

export async function campaign(options: CampaignOptions): Promise<CampaignReport> {
  const { language, files, first = 0, onFile } = options;
  const [checker, corpus] = [await createChecker(), readCorpus()];
  for (const { path, bytes } of corpus.get(language)!) await checkFile(checker, path, bytes);
  const failures: Failure[] = [];
  const memory: Memory[] = [];
  const fates: Partial<Record<Checked['fate'], number>> = {};
  const cuts: Record<string, number> = {};
  let [functions, totalMs] = [0, 0];
  let slowest = { index: -1, ms: 0, bytes: 0 };
  for (let index = first; index < first + files; index++) {
    onFile?.(index);
    const { path, bytes, kinds } = makeFile(corpus, options, index);
    const { checked, ms } = await timed(checker, path, bytes);
    totalMs += ms;
    functions += checked.functions;
    fates[checked.fate] = (fates[checked.fate] ?? 0) + 1;
    if (checked.cut) cuts[checked.cut] = (cuts[checked.cut] ?? 0) + 1;
    if (ms > slowest.ms) slowest = { index, ms, bytes: bytes.length };
    const wrong = [...checked.wrong, ...(ms > HANG_MS ? [`took ${ms.toFixed(0)} ms`] : [])];
    if (wrong.length > 0) failures.push({ index, kinds, wrong: wrong.slice(0, 5) });
  }
  memory.push(...memoryNow());
  for (let index = first + Math.max(0, files - FILES_AGAIN); globalThis.gc && index < first + files; index++) {
    onFile?.(index);
    const { path, bytes } = makeFile(corpus, options, index);
    await checkFile(checker, path, bytes).catch(thrown);
  }
  memory.push(...memoryNow());
  checker.parser.dispose();
  const meanMs = totalMs / files;
  return { language, files, fates, cuts, functions, slowest, meanMs, failures, memory };
}

/** What takes long is tried twice more: the machine may have had other things to do, or a collection of garbage come between. */
async function timed(checker: Checker, path: string, bytes: Buffer): Promise<{ checked: Checked; ms: number }> {
  let checked: Checked;
  let ms = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries === 0 || (ms > HANG_MS && tries < 3); tries++) {
    const before = process.cpuUsage();
    checked = await checkFile(checker, path, bytes).catch(thrown);
    const { user, system } = process.cpuUsage(before);
    ms = Math.min(ms, (user + system) / 1000);
  }
  return { checked: checked!, ms };
}

const thrown = (error: unknown): Checked => ({
  fate: 'parsed',
  functions: 0,
  cut: null,
  wrong: [`threw ${(error as Error)?.stack ?? String(error)}`],
});

function memoryNow(): Memory[] {
  if (!globalThis.gc) return [];
  globalThis.gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  const megabytes = (bytes: number): number => Number((bytes / 2 ** 20).toFixed(1));
  return [{ rss: megabytes(rss), used: megabytes(heapUsed + external + wasmBytes()) }];
}
