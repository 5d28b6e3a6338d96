/**
 * An engine for tests of the service alone: it finds lines that hold a word of the query, and behaves as badly as the
 * folder's `fake.json` asks. State lives in the storage folder, so that it outlasts a killed process.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorCode, KenningError } from '../../src/core/errors.ts';
import type { EngineOptions } from '../../src/engine/api/options.ts';
import type { CollectOptions, CollectReport } from '../../src/engine/api/repair.ts';
import type { Hit, SearchAnswer, SearchRequest } from '../../src/engine/api/search.ts';
import type { IndexStatus } from '../../src/engine/api/status.ts';
import type { IndexReport, RefineOptions, RefineReport, UpdateOptions } from '../../src/engine/api/work.ts';
import type { Engine } from '../../src/engine/api.ts';
import type { WorkerParts } from '../../src/service/serve.ts';

export interface FakeBehaviour {
  readonly failOpen?: ErrorCode;
  /** The process dies when it is opened with this model. */
  readonly fatalModel?: string;
  /** How long the engine takes to open. */
  readonly openMs?: number;
  readonly failUpdate?: ErrorCode;
  readonly failDelete?: ErrorCode;
  /** What `verify` says. */
  readonly unsound?: boolean;
  /** Updates are refused as damaged until the engine is opened for this time. */
  readonly damagedUntilOpening?: number;
  readonly batches?: number;
  readonly batchMs?: number;
  readonly score?: number;
  /** Functions whose vectors the fake refiner has to replace after an update; absent: there is no refiner. */
  readonly toRefine?: number;
  readonly refineMs?: number;
  /** How long the engine takes to close. */
  readonly closeMs?: number;
  /** The same, and it does nothing else meanwhile. */
  readonly closeBlocksMs?: number;
}

/** Queries that do something special. */
export const SLOW = 'slow';
export const CRASH = 'crash';
export const BROKEN = 'broken';

/** On battery where the environment says so. */
export const FAKE_PARTS: WorkerParts = {
  openEngine: openFakeEngine,
  collect: collectNothing,
  readPower: async () => process.env.KENNING_TEST_BATTERY !== undefined,
};

/** Of each folder, in this process. */
const openings = new Map<string, number>();

/** Tells what it was asked to keep. */
function collectNothing({ keep = [] }: CollectOptions): CollectReport {
  return {
    kept: keep.map((folder) => ({ dir: folder, folder, model: 'fake', bytes: 1, usedAt: 0 })),
    removed: [],
    refused: [],
    keptBytes: keep.length,
    cacheBytes: 0,
    freedBytes: 0,
  };
}

async function openFakeEngine(options: EngineOptions, signal: AbortSignal): Promise<Engine> {
  const fake = behaviour(options.folder);
  if (fake.fatalModel !== undefined && options.model === fake.fatalModel) process.kill(process.pid, 'SIGKILL');
  if (fake.failOpen) throw new KenningError(fake.failOpen, `refused: ${fake.failOpen}`);
  mkdirSync(options.storageDir, { recursive: true });
  await sleep(fake.openMs ?? 0, undefined, { signal });
  const stateFile = join(options.storageDir, `${options.folder.replaceAll('/', '_')}.json`);
  let status = existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, 'utf8')) as IndexStatus) : fresh(options);
  const unsaved = new Map<string, string>();
  const opening = (openings.get(options.folder) ?? 0) + 1;
  openings.set(options.folder, opening);
  const save = (change: Partial<IndexStatus>): void => {
    status = { ...status, ...change, generation: status.generation + 1 };
    // Killed at any moment, it leaves one state or the other.
    writeFileSync(`${stateFile}.partial`, JSON.stringify(status));
    renameSync(`${stateFile}.partial`, stateFile);
  };
  return {
    update: (update) => runUpdate({ folder: options.folder, opening }, save, update),
    refine: (refine) => runRefine(options.folder, () => status, save, refine),
    search: (request) => search({ folder: options.folder, unsaved }, request, status),
    similar: ({ code, path, startLine, limit = 20 }) =>
      search({ folder: options.folder, unsaved }, { query: code, limit }, status).then((answer) => ({
        ...answer,
        query: '',
        results: answer.results.filter((hit) => hit.path !== path || hit.startLine !== startLine),
      })),
    outline: async ({ path, text }) => [{ name: path, kind: 'lines', startLine: 1, endLine: text.split('\n').length }],
    setUnsaved: async (path, text) => {
      if (text === null) unsaved.delete(path);
      else unsaved.set(path, text);
    },
    status: () => status,
    verify: async () => ({
      folder: options.folder,
      sound: fake.unsound !== true,
      checks: [],
      remedy: null,
      seconds: 0,
    }),
    indexedFolders: async () => ['', 'src/'],
    why: async (path) => ({ path, indexed: true, language: 'text', problem: null, functions: 1 }),
    close: async () => {
      await sleep(fake.closeMs ?? 0);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, fake.closeBlocksMs ?? 0);
      writeFileSync(`${stateFile}.closed`, String(process.pid));
    },
    deleteIndex: async () => {
      if (fake.failDelete) throw new KenningError(fake.failDelete, `refused: ${fake.failDelete}`);
      rmSync(stateFile, { force: true });
    },
  };
}

function behaviour(folder: string): FakeBehaviour {
  const file = join(folder, 'fake.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as FakeBehaviour) : {};
}

function fresh(options: EngineOptions): IndexStatus {
  return {
    folder: options.folder,
    files: 0,
    functions: 0,
    complete: false,
    generation: 0,
    bytes: 0,
    model: 'fake',
    refined: null,
    vectorIndex: options.vectorIndex === 'graph' ? 'graph' : 'exact',
    runtime: 'native',
    updatedAt: null,
    skipped: {},
    notices: [],
  };
}

async function runUpdate(
  { folder, opening }: { folder: string; opening: number },
  save: (change: Partial<IndexStatus>) => void,
  { signal, onProgress, gate, paths, first = [] }: UpdateOptions = {},
): Promise<IndexReport> {
  const { batches = 3, batchMs = 1, failUpdate, damagedUntilOpening = 0 } = behaviour(folder);
  if (opening < damagedUntilOpening) throw new KenningError('index-unreadable', `damaged at opening ${opening}`);
  // As if another program had filled the index meanwhile.
  if (failUpdate) save({ complete: true });
  if (failUpdate) throw new KenningError(failUpdate, `refused: ${failUpdate}`);
  for (let done = 0; done < batches && !signal?.aborted; done++) {
    onProgress?.({ phase: 'index', done, total: batches, functions: done });
    await gate?.();
    await sleep(batchMs);
    save({ functions: done + 1 });
  }
  const cancelled = signal?.aborted ?? false;
  const { toRefine } = behaviour(folder);
  const refined = toRefine === undefined ? null : batches - toRefine;
  if (!cancelled) save({ complete: true, updatedAt: 1, files: files(folder).length, refined, notices: first });
  return {
    files: paths?.length ?? files(folder).length,
    functions: batches,
    embedded: batches,
    filesParsed: 1,
    seconds: 1,
    functionsPerSecond: batches,
    bytes: 1,
    skipped: {},
    cancelled,
  };
}

async function runRefine(
  folder: string,
  status: () => IndexStatus,
  save: (change: Partial<IndexStatus>) => void,
  { signal, onProgress, gate }: RefineOptions = {},
): Promise<RefineReport> {
  const { refineMs = 1 } = behaviour(folder);
  const total = status().functions;
  let done = status().refined ?? total;
  for (; done < total && !signal?.aborted; done++) {
    onProgress?.({ phase: 'refine', done, total, functions: total });
    await gate?.();
    // The real one ends within one run of the model.
    await sleep(refineMs, undefined, signal && { signal }).catch(() => undefined);
    if (!signal?.aborted) save({ refined: done + 1 });
  }
  return { refined: total, waiting: total - done, seconds: 1, cancelled: signal?.aborted ?? false };
}

interface Texts {
  readonly folder: string;
  readonly unsaved: ReadonlyMap<string, string>;
}

async function search(texts: Texts, { query, limit, near }: SearchRequest, status: IndexStatus): Promise<SearchAnswer> {
  if (query === CRASH) process.kill(process.pid, 'SIGKILL');
  if (query === BROKEN) throw new KenningError('index-unreadable', 'the index is broken');
  if (query.startsWith(SLOW)) await sleep(50);
  const paths = new Set([...files(texts.folder), ...texts.unsaved.keys()]);
  const results = [...paths].flatMap((path) => findLines(texts, path, query).map((hit) => withNear(hit, near)));
  return {
    query,
    results: results.slice(0, limit),
    index: { functions: status.functions, complete: status.complete, generation: status.generation },
    timings: { embedMs: 0, searchMs: 0, totalMs: 0 },
  };
}

/** Tells what it was told of the hit's file. */
function withNear(hit: Hit, near: SearchRequest['near']): Hit {
  if (!near) return hit;
  const boosts = { open: near.open.indexOf(hit.path), recent: near.recent.indexOf(hit.path) };
  return { ...hit, why: { ...hit.why, boosts } };
}

function findLines({ folder, unsaved }: Texts, path: string, query: string): Hit[] {
  const { score = 0.5 } = behaviour(folder);
  const lines = (unsaved.get(path) ?? readFileSync(join(folder, path), 'utf8')).split('\n');
  return lines.flatMap((preview, i) =>
    query.split(' ').some((word) => preview.includes(word))
      ? [
          {
            ...NO_EVIDENCE,
            path,
            startLine: i + 1,
            endLine: i + 1,
            name: preview.trim(),
            score: score / (i + 1),
            preview,
          },
        ]
      : [],
  );
}

const NO_EVIDENCE = {
  kind: 'lines' as const,
  language: 'text',
  why: { semantic: 0, lexical: 0, words: [], boosts: {} },
};

const files = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.txt'));
