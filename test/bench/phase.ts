/** One phase of the benchmark in its own process; prints its figures as one JSON object. usage: phase.ts NAME CORPUS STORAGE */
import { setTimeout } from 'node:timers/promises';
import type { Engine } from '../../src/engine/api.ts';
import { chunkFolder } from '../../src/engine/chunk.ts';
import { findInstallDir, grammarDir } from '../../src/engine/install-dir.ts';
import { openEngine } from '../../src/engine/open.ts';
import { measureFirst } from './first.ts';
import { measureIdle } from './idle.ts';
import { lexicalPhase as measureLexical } from './lexical.ts';
import { QUESTIONS } from './questions.ts';
import { realVectors, recallWhileReplaced } from './recall.ts';
import { firstOnes, refineAfterIndexing, refineAnew } from './refining.ts';
import { measureSaves } from './saves.ts';
import { measureSwitches } from './switches.ts';

const GRAPH_POLL_MS = 100;
const RECALL_FUNCTIONS = 20_000;
/** After questions, before memory is looked at. */
const REST_MS = 2000;
/** Of some 500 lines: the one that is open in the editor. */
const OPEN_FILE = 'rxjs/src/internal/Observable.ts';

const [name, folder, storageDir] = process.argv.slice(2) as [string, string, string];
const installDir = findInstallDir(import.meta.dirname);
const startedAt = performance.now();
const elapsedMs = (since: number): number => performance.now() - since;

const PHASES: Record<string, () => Promise<Record<string, number>>> = {
  parse,
  index: update,
  again: update,
  first,
  refine,
  refineLater,
  graph,
  warm,
  queries: () => queries('auto'),
  scan: () => queries('exact'),
  saves,
  switches,
  idle,
  lexical: lexicalPhase,
  recall,
};
const figures = await PHASES[name]!();
const { user, system } = process.cpuUsage();
const cpuSeconds = (user + system) / 1e6;
console.log(JSON.stringify({ ...figures, cpuSeconds, peakBytes: process.resourceUsage().maxRSS * 1024 }));

async function parse(): Promise<Record<string, number>> {
  let files = 0;
  let functions = 0;
  for await (const file of chunkFolder(folder, grammarDir(installDir))) {
    files++;
    functions += file.functions.length;
  }
  return { files, functions, seconds: elapsedMs(startedAt) / 1000 };
}

async function update(): Promise<Record<string, number>> {
  const engine = await openEngine({ folder, storageDir, installDir });
  const report = await engine.update();
  const seconds = elapsedMs(startedAt) / 1000;
  await engine.close();
  const { files, functions, embedded, filesParsed, bytes } = report;
  return { files, functions, embedded, filesParsed, bytes, seconds };
}

async function first(): Promise<Record<string, number>> {
  const answers = await measureFirst(
    folder,
    `${storageDir}-first`,
    installDir,
    OPEN_FILE,
    'subscribe to an observable',
  );
  return { ...answers };
}

/** Apart from all questions stand the first ones of a row, which meet work under way. */
async function refine(): Promise<Record<string, number>> {
  const options = { folder, storageDir: `${storageDir}-refined`, installDir };
  const { meanwhileMs, afterwardsMs, ...figures } = await refineAfterIndexing(options, QUESTIONS);
  const [after, first, firstAfter] = [afterwardsMs, firstOnes(meanwhileMs), firstOnes(afterwardsMs)].map(spread);
  return {
    ...figures,
    asked: meanwhileMs.length,
    ...spread(meanwhileMs),
    p50AfterMs: after!.p50Ms,
    p95AfterMs: after!.p95Ms,
    firstP50Ms: first!.p50Ms,
    firstP50AfterMs: firstAfter!.p50Ms,
  };
}

async function refineLater(): Promise<Record<string, number>> {
  return { ...(await refineAnew({ folder, storageDir, installDir })) };
}

async function askAll(engine: Engine): Promise<void> {
  for (const query of QUESTIONS) await engine.search({ query, limit: 10 });
}

/** What an update leaves to be done in idle time. */
async function graph(): Promise<Record<string, number>> {
  const engine = await openEngine({ folder, storageDir, installDir });
  await engine.update();
  const since = performance.now();
  while (engine.status().vectorIndex !== 'graph') await setTimeout(GRAPH_POLL_MS);
  const seconds = elapsedMs(since) / 1000;
  await engine.close();
  return { seconds };
}

/** From opening the index to the first answer, model loaded and query embedded on the way. */
async function warm(): Promise<Record<string, number>> {
  const engine = await openEngine({ folder, storageDir, installDir });
  await engine.search({ query: QUESTIONS[0]!, limit: 10 });
  const firstAnswerMs = elapsedMs(startedAt);
  await engine.close();
  return { firstAnswerMs };
}

async function queries(vectorIndex: 'auto' | 'exact'): Promise<Record<string, number>> {
  const engine = await openEngine({ folder, storageDir, installDir, vectorIndex });
  await askAll(engine);
  const times: number[] = [];
  const cpuTimes: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (const query of QUESTIONS) {
      const since = process.cpuUsage();
      times.push(await answerMs(engine, query));
      const { user, system } = process.cpuUsage(since);
      cpuTimes.push((user + system) / 1000);
    }
  }
  await setTimeout(REST_MS);
  const idleBytes = process.memoryUsage.rss();
  await engine.close();
  const { p50Ms: cpuP50Ms, p95Ms: cpuP95Ms } = spread(cpuTimes);
  return { ...spread(times), cpuP50Ms, cpuP95Ms, queries: times.length, idleBytes };
}

/** From a save in the editor to the answer that has what was saved. */
async function saves(): Promise<Record<string, number>> {
  const { updatedMs, foundMs } = await measureSaves(folder, storageDir, installDir, OPEN_FILE);
  const updated = spread(updatedMs);
  return { ...spread(foundMs), updatedP50Ms: updated.p50Ms, saves: updatedMs.length, found: foundMs.length };
}

/** From a branch switch to the answer that has the new branch. */
async function switches(): Promise<Record<string, number>> {
  const storage = `${storageDir}-switch`;
  const { files, foundMs, processorMs } = await measureSwitches(folder, `${folder}-switch`, storage, installDir);
  const mostMs = Math.max(...foundMs);
  const used = processorMs.length > 0 ? { processorP50Ms: spread(processorMs).p50Ms } : {};
  return { ...spread(foundMs), ...used, mostMs, switches: foundMs.length, changedFiles: files };
}

/** Of the graph against the scan. */
async function recall(): Promise<Record<string, number>> {
  const vectors = await realVectors(installDir, folder, RECALL_FUNCTIONS);
  const looks = await recallWhileReplaced(installDir, vectors);
  const { replaced, recall: last } = looks.at(-1)!;
  return { functions: vectors.rows.length, replaced, least: Math.min(...looks.map((look) => look.recall)), last };
}

async function idle(): Promise<Record<string, number>> {
  return { ...(await measureIdle({ folder, storageDir, installDir }, QUESTIONS)) };
}

function lexicalPhase(): Promise<Record<string, number>> {
  return measureLexical({ folder, storageDir, installDir }, QUESTIONS, spread);
}

async function answerMs(engine: Engine, query: string, since = performance.now()): Promise<number> {
  await engine.search({ query, limit: 10 });
  return elapsedMs(since);
}

function spread(times: readonly number[]): { p50Ms: number; p95Ms: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}
