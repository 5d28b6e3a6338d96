/** One phase of the benchmark in its own process; prints its figures as one JSON object. usage: phase.ts NAME CORPUS STORAGE */
import { chunkFolder } from '../../src/engine/chunk.ts';
import { findInstallDir, grammarDir } from '../../src/engine/install-dir.ts';
import { openEngine } from '../../src/engine/open.ts';
import { QUESTIONS } from './questions.ts';

const [name, folder, storageDir] = process.argv.slice(2) as [string, string, string];
const installDir = findInstallDir(import.meta.dirname);
const startedAt = performance.now();
const elapsedMs = (since: number): number => performance.now() - since;

const PHASES: Record<string, () => Promise<Record<string, number>>> = {
  parse,
  index: update,
  again: update,
  warm,
  queries,
};
const figures = await PHASES[name]!();
console.log(JSON.stringify({ ...figures, peakBytes: process.resourceUsage().maxRSS * 1024 }));

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

/** From opening the index to the first answer, model loaded and query embedded on the way. */
async function warm(): Promise<Record<string, number>> {
  const engine = await openEngine({ folder, storageDir, installDir });
  await engine.search({ query: QUESTIONS[0]!, limit: 10 });
  const firstAnswerMs = elapsedMs(startedAt);
  await engine.close();
  return { firstAnswerMs };
}

async function queries(): Promise<Record<string, number>> {
  const engine = await openEngine({ folder, storageDir, installDir });
  for (const query of QUESTIONS) await engine.search({ query, limit: 10 });
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (const query of QUESTIONS) {
      const since = performance.now();
      await engine.search({ query, limit: 10 });
      times.push(elapsedMs(since));
    }
  }
  await engine.close();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))]!;
  return { p50Ms: at(0.5), p95Ms: at(0.95), queries: times.length };
}
