/**
 * `npm run fuzz [-- --language X] [--files N] [--seed S] [--first I]`: 10,000 mutated files of each language through the
 * reader, the parser, the tokenizer and the terms. Ends with 1 when one of them crashes, throws, takes a second of the
 * processor, or loses a line of code, or when memory grows. What failed is written to `out/fuzz/`, and made again by its
 * seed and its index (`--first I --files 1`).
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { LANGUAGES } from '../../src/core/languages/registry.ts';
import { INSTALL_DIR } from '../engine/install.ts';
import { type CampaignOptions, type CampaignReport, makeFile } from './campaign.ts';
import { readCorpus } from './corpus.ts';
import type { WorkerMessage } from './worker.ts';

const { values } = parseArgs({
  options: {
    language: { type: 'string' },
    files: { type: 'string' },
    seed: { type: 'string' },
    first: { type: 'string' },
  },
});
const seed = Number(values.seed ?? 1);
const files = Number(values.files ?? 10_000);
const first = Number(values.first ?? 0);
/** Of the clock, without an answer: nothing but a loop without end, or a machine that is stopped. */
const SILENCE_MS = 180_000;
/** While files are read that were read before. */
const MOST_GROWTH = 0.1;
/** With the stack of a thread, in which everything is parsed. */
const FLAGS = ['--no-warnings', '--expose-gc', '--stack-size=3900'];
const OUT = join(INSTALL_DIR, 'out', 'fuzz');

const corpus = readCorpus();
const chosen = values.language ? values.language.split(',') : LANGUAGES.map(({ id }) => id);
console.log(`seed ${seed}, ${files} files of each language from ${first} on`);
for (const language of chosen) {
  const options = { language, seed, files, first };
  const outcome = await inProcess(options);
  if ('report' in outcome) tell(outcome.report, options);
  else fail(options, outcome.file, `the process ended or hung (${outcome.how})`);
}

function tell(report: CampaignReport, options: CampaignOptions): void {
  const { failures, slowest, memory, ...rest } = report;
  console.log(
    JSON.stringify({ ...rest, meanMs: Number(rest.meanMs.toFixed(2)), slowest, memory, failed: failures.length }),
  );
  for (const { index, kinds, wrong } of failures) fail(options, index, `${kinds.join(' ')}: ${wrong.join('; ')}`);
  const [once, again] = memory;
  if (once && again && again.used > once.used * (1 + MOST_GROWTH)) {
    console.log(`  memory grew from ${once.used} to ${again.used} MB`);
    process.exitCode = 1;
  }
}

function fail(options: CampaignOptions, index: number, why: string): void {
  const { path, bytes } = makeFile(corpus, options, index);
  mkdirSync(OUT, { recursive: true });
  writeFileSync(join(OUT, `${options.language}-${options.seed}-${index}${extname(path)}`), bytes);
  console.log(`  ${options.language} ${index} (${bytes.length} bytes): ${why}`);
  process.exitCode = 1;
}

/** `file`: the one it was at. */
type Outcome = { readonly report: CampaignReport } | { readonly file: number; readonly how: string };

function inProcess(options: CampaignOptions): Promise<Outcome> {
  const child = fork(join(import.meta.dirname, 'worker.ts'), { execArgv: FLAGS });
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  let [file, silence] = [first, watch(child)];
  child.on('message', (message: WorkerMessage) => {
    clearTimeout(silence);
    if ('report' in message) return resolve(message);
    file = message.file;
    silence = watch(child);
  });
  child.once('exit', (code, signal) => {
    clearTimeout(silence);
    resolve({ file, how: signal ?? `code ${code}` });
  });
  child.send(options);
  return promise;
}

function watch(child: ChildProcess): NodeJS.Timeout {
  return setTimeout(() => child.kill('SIGKILL'), SILENCE_MS);
}
