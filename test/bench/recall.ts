/**
 * How many of the ten nearest functions an index with a graph finds, by an exact scan of the same index, while its functions
 * are replaced bit by bit: 30 % in ten steps, as updates do it, bases and graphs swapped where the engine would.
 *
 *     node --no-warnings test/bench/recall.ts FOLDER [functions]
 *
 * measures it on the functions of a folder, embedded by the shipped student; a tenth of them is asked for by their docs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LEXICAL_WEIGHTS } from '../../src/core/ranking/parameters.ts';
import { codeText } from '../../src/core/student/template.ts';
import { chunkFolder } from '../../src/engine/chunk.ts';
import { readModel } from '../../src/engine/embed/model-card.ts';
import { loadStudent } from '../../src/engine/embed/student.ts';
import { grammarDir, modelDir } from '../../src/engine/install-dir.ts';
import { GraphKeeper } from '../../src/engine/search/graph-keeper.ts';
import { LiveIndex } from '../../src/engine/search/live-index.ts';
import type { FileRecord } from '../../src/engine/store/records.ts';
import { Store } from '../../src/engine/store/store.ts';
import { quantise } from '../../src/engine/vectors/quantise.ts';
import { loadScanModule } from '../../src/engine/vectors/scan.ts';

export interface RealVectors {
  readonly dimensions: number;
  /** Of functions. */
  readonly rows: readonly Int8Array[];
  /** Of questions, of unit length. */
  readonly questions: readonly Float32Array[];
}

export interface Recall {
  /** Share of the functions that are replaced by now. */
  readonly replaced: number;
  /** Mean over the questions, 0..1. */
  readonly recall: number;
  /** Whether a graph answered, and not the scan while there is none. */
  readonly graph: boolean;
}

const K = 10;
/** As many as a search takes. */
const POOL = 200;
const STEPS = 10;
const SHARE = 0.3;
const FUNCTIONS_PER_FILE = 10;

/** The first row of it is at the beginning; a question is a sentence of its docs. */
export async function realVectors(installDir: string, folder: string, most: number): Promise<RealVectors> {
  const student = loadStudent(await readModel(modelDir(installDir)));
  const texts: string[] = [];
  const docs: string[] = [];
  for await (const { path, functions } of chunkFolder(folder, grammarDir(installDir))) {
    for (const fn of functions) {
      texts.push(codeText(student.codeTemplate, path, fn));
      const sentence = fn.doc.split(/[.\n]/)[0]!.trim();
      if (texts.length % 10 === 0 && sentence.split(' ').length > 3) docs.push(sentence);
    }
    if (texts.length >= most) break;
  }
  const rows: Int8Array[] = [];
  for (let from = 0; from < texts.length; from += 512)
    rows.push(...(await student.embedCode(texts.slice(from, from + 512))).map(quantise));
  const questions: Float32Array[] = [];
  for (const doc of docs.slice(0, 500)) questions.push(await student.embedQuery(doc));
  const { dimensions } = student;
  await student.dispose();
  return { dimensions, rows, questions };
}

/** Of `rows`, those that replace others come from the end. */
export async function recallWhileReplaced(
  installDir: string,
  { dimensions, rows, questions }: RealVectors,
): Promise<Recall[]> {
  const dir = mkdtempSync(join(tmpdir(), 'kenning-recall-'));
  const store = Store.open(join(dir, 'folder', 'index'), '/folder');
  const scanModule = await loadScanModule(join(installDir, 'dist', 'scan.wasm'));
  const [live, exact] = [new LiveIndex(store, dimensions, scanModule), new LiveIndex(store, dimensions, scanModule)];
  const options = { folder: '/folder', storageDir: dir, installDir, vectorIndex: 'graph' } as const;
  const graphs = new GraphKeeper(options, store, live);
  const settle = async (): Promise<void> => {
    await live.compact(async () => {});
    graphs.buildInBackground();
    while (!live.hasGraph) await sleep(20);
  };
  const count = Math.floor(rows.length / (1 + SHARE) / FUNCTIONS_PER_FILE);
  const file = (place: number, from: number): FileRecord => fileOf(place, rows, from);
  for (let i = 0; i < count; i += 50) {
    const upserts = Array.from({ length: Math.min(50, count - i) }, (_, j) =>
      file(i + j, (i + j) * FUNCTIONS_PER_FILE),
    );
    store.commit({ upserts });
  }
  const found: Recall[] = [];
  const measure = async (replaced: number): Promise<void> => {
    found.push({ replaced, recall: await recallOf(live, exact, questions), graph: live.hasGraph });
  };
  await settle();
  await measure(0);
  for (let step = 1; step <= STEPS; step++) {
    const [first, last] = [(step - 1) / STEPS, step / STEPS].map((share) => Math.floor(share * SHARE * count)) as [
      number,
      number,
    ];
    // Spread over the folder, as edits are.
    const upserts = Array.from({ length: last - first }, (_, i) =>
      file(((first + i) * 7919) % count, (count + first + i) * FUNCTIONS_PER_FILE),
    );
    store.commit({ upserts });
    await measure((step / STEPS) * SHARE);
    await settle();
    await measure((step / STEPS) * SHARE);
  }
  await graphs.close();
  store.close();
  rmSync(dir, { recursive: true, force: true });
  return found;
}

function fileOf(place: number, rows: readonly Int8Array[], from: number): FileRecord {
  const path = `${place}.py`;
  const vectors = rows.slice(from, from + FUNCTIONS_PER_FILE);
  return {
    path,
    size: 1,
    mtimeMs: 1,
    ctimeMs: 1,
    hash: `${from}`,
    language: 'python',
    skip: null,
    functions: vectors.map((vector, i) => ({
      fn: {
        kind: 'function',
        language: 'python',
        name: `f${from + i}`,
        qualifiedName: `f${from + i}`,
        signature: '',
        doc: '',
        code: 'pass',
        startLine: i + 1,
        endLine: i + 1,
        part: null,
      },
      contentHash: `${from + i}`,
      vector,
      refined: false,
      terms: new Map([['f', 1]]),
    })),
  };
}

async function recallOf(live: LiveIndex, exact: LiveIndex, questions: readonly Float32Array[]): Promise<number> {
  const [own, other] = [await nearest(live, questions), await nearest(exact, questions)];
  const shares = own.map((ids, i) => ids.filter((id) => other[i]!.includes(id)).length / other[i]!.length);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

async function nearest(live: LiveIndex, questions: readonly Float32Array[]): Promise<number[][]> {
  const snapshot = await live.snapshot();
  return questions.map((vector) => {
    const proposals = snapshot.propose({ vector, terms: [], weights: LEXICAL_WEIGHTS, keep: null }, POOL);
    return proposals
      .sort((a, b) => b.semantic - a.semantic || a.id - b.id)
      .slice(0, K)
      .map(({ id }) => id);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, most = '20000'] = process.argv.slice(2) as [string, string | undefined];
  const installDir = join(import.meta.dirname, '..', '..');
  const vectors = await realVectors(installDir, folder, Number(most));
  console.log(`${vectors.rows.length} functions, ${vectors.questions.length} questions`);
  for (const { replaced, recall, graph } of await recallWhileReplaced(installDir, vectors))
    console.log(
      `${(100 * replaced).toFixed(0)} % replaced: recall@${K} ${recall.toFixed(4)}${graph ? '' : ' (no graph)'}`,
    );
}
