/**
 * `npm run eval -- [BENCH_DIR] [--questions DIR] [--no-benchmark] [--tune] [--write] [--storage DIR] [--install DIR]`: how
 * well the ranking answers the product benchmark's questions and those that were made of documentation. Prints
 * docs/ranking.md; `--write` writes it, with the figures that later rankings are compared with.
 * Bad input is one sentence and exit code 2.
 */
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readModel } from '../../src/engine/embed/model-card.ts';
import { findInstallDir, modelDir } from '../../src/engine/install-dir.ts';
import { BenchmarkError, readBenchmark } from './benchmark.ts';
import { evaluate } from './evaluation.ts';
import { committedFigures, FIGURES_FILE, figuresText } from './figures.ts';
import { readParameterNotes } from './parameter-notes.ts';
import { openCorpus } from './pools.ts';
import { readQuestionSets } from './question-sets.ts';
import { rankingReport } from './report.ts';

const REPORT_FILE = 'docs/ranking.md';
const checkout = findInstallDir(import.meta.dirname);
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kenning');

try {
  await run();
} catch (error) {
  const isUsage = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!isUsage && !(error instanceof BenchmarkError)) throw error;
  console.error((error as Error).message);
  process.exitCode = 2;
}

async function run(): Promise<void> {
  const { dir, questions, storage, installDir, isFitted, isWritten } = readArguments();
  const repositories = dir === null ? [] : readBenchmark(dir);
  const sets = questions === null ? [] : readQuestionSets(questions);
  const corpus = await openCorpus({ repositories, sets }, storage, installDir);
  const evaluation = await evaluate(corpus, repositories, { committed: committedFigures(checkout), isFitted });
  await corpus.close();
  const { fingerprint } = await readModel(modelDir(installDir));
  const report = rankingReport(evaluation, { notes: readParameterNotes(checkout), model: fingerprint });
  console.log(report);
  if (evaluation.fitted) console.log(`Fitted to all questions: ${JSON.stringify(evaluation.fitted.parameters)}`);
  if (!isWritten) return;
  writeFileSync(join(checkout, REPORT_FILE), report);
  if (evaluation.figures) writeFileSync(join(checkout, FIGURES_FILE), figuresText(evaluation.figures));
}

/** `dir`, `questions`: null where they are not asked. */
function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      questions: { type: 'string' },
      'no-benchmark': { type: 'boolean', default: false },
      tune: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      storage: { type: 'string', default: join(cache, 'quality-index') },
      install: { type: 'string', default: checkout },
    },
  });
  const isWithout = values['no-benchmark'];
  if (positionals.length > 1) throw new BenchmarkError(`One benchmark folder at a time, not ${positionals.length}.`);
  if (isWithout && positionals.length > 0)
    throw new BenchmarkError('A benchmark folder and --no-benchmark exclude each other.');
  if (isWithout && values.questions === undefined)
    throw new BenchmarkError('Without the benchmark there is nothing to ask: add --questions DIR.');
  if (isWithout && values.write) throw new BenchmarkError('The report that --write writes needs the benchmark.');
  return {
    dir: isWithout ? null : (positionals[0] ?? join(cache, 'bench')),
    questions: values.questions ?? null,
    storage: values.storage,
    installDir: values.install,
    isFitted: values.tune || values.write,
    isWritten: values.write,
  };
}
