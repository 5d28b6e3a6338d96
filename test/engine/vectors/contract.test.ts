/**
 * The two indexes over real vectors: those of this repository's own functions, by the shipped student. The scan is held
 * to plain arithmetic, the graph to the scan.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { codeText } from '../../../src/core/student/template.ts';
import { chunkFolder } from '../../../src/engine/chunk.ts';
import { readModel } from '../../../src/engine/embed/model-card.ts';
import { loadStudent } from '../../../src/engine/embed/student.ts';
import { grammarDir, modelDir } from '../../../src/engine/install-dir.ts';
import { buildGraph, type GraphVectors, loadGraphLibrary } from '../../../src/engine/vectors/build-graph.ts';
import { createGraph } from '../../../src/engine/vectors/graph.ts';
import { loadGraph, saveGraph } from '../../../src/engine/vectors/graph-file.ts';
import { joinLinks } from '../../../src/engine/vectors/join-links.ts';
import { type Level, type Links, readLinks } from '../../../src/engine/vectors/links.ts';
import { quantise } from '../../../src/engine/vectors/quantise.ts';
import { createScan, loadScanModule, SOME_ROWS } from '../../../src/engine/vectors/scan.ts';
import { topRows } from '../../../src/engine/vectors/top.ts';
import { INSTALL_DIR } from '../install.ts';
import { temporaryFolder } from '../temporary.ts';

const K = 10;
const QUERIES = [
  'split an identifier into words',
  'write a batch in one transaction',
  'which files does git ignore',
  'restart the background process after a crash',
  'draw a progress bar on the terminal',
  'read a file and decode utf-16',
  'rank hits by their evidence',
  'open the selected result in the editor',
  'train the student with negatives in the batch',
  'parse a query with operators',
  'compare vectors with simd',
  'download source packages from debian',
];
const all = (): boolean => true;

let dimensions: number;
let vectors: Int8Array;
let queries: Float32Array[];
let module: WebAssembly.Module | null;

beforeAll(async () => {
  const student = loadStudent(await readModel(modelDir(INSTALL_DIR)));
  dimensions = student.dimensions;
  const texts: string[] = [];
  for await (const { path, functions } of chunkFolder(INSTALL_DIR, grammarDir(INSTALL_DIR))) {
    for (const fn of functions) texts.push(codeText(student.codeTemplate, path, fn));
  }
  const rows = (await student.embedCode(texts)).map(quantise);
  vectors = new Int8Array(rows.length * dimensions);
  rows.forEach((row, i) => {
    vectors.set(row, i * dimensions);
  });
  queries = await Promise.all(QUERIES.map((query) => student.embedQuery(query)));
  module = await loadScanModule(join(INSTALL_DIR, 'dist', 'scan.wasm'));
  await student.dispose();
});

test('there are a thousand real vectors or more', () => {
  expect(vectors.length / dimensions).toBeGreaterThan(1000);
});

describe('the scan', () => {
  test.each([0, 1, 31, 32, 33, 64, 500])(
    'passes over what is gone, from row %i on, and gives the rest its sums',
    (from) => {
      const rows = vectors.length / dimensions;
      const odd = rows - (1 - (rows % 2));
      const [whole, partly] = [vectors, vectors.slice(0, odd * dimensions)].map((each) =>
        createScan(module, each, dimensions),
      );
      for (const scan of [whole!, partly!]) {
        const gone = new Uint8Array(scan.rows).fill(1, from, from + 100);
        gone.fill(1, 700, 701).fill(1, scan.rows - 40, scan.rows - 1);
        const standing = [...gone.keys()].filter((row) => gone[row] === 0);
        for (const query of queries) {
          const expected = scan.scores(query).slice();
          // Other sums lie there.
          scan.scores(queries[0]!.map((each) => -each));
          const found = scan.scores(query, gone);
          expect(standing.map((row) => found[row])).toEqual(standing.map((row) => expected[row]));
        }
      }
    },
  );

  test('with SIMD and without gives the sums of plain arithmetic', () => {
    expect(module).not.toBeNull();
    const [simd, plain] = [createScan(module, vectors, dimensions), createScan(null, vectors, dimensions)];
    for (const query of queries) {
      const sums = plainSums(query);
      expect([...simd.scores(query)]).toEqual(sums);
      expect([...plain.scores(query)]).toEqual(sums);
    }
  });

  test.each(['with', 'without'])('%s SIMD gives some rows, in any order, the sums that they have among all', (kind) => {
    const scan = createScan(kind === 'with' ? module : null, vectors, dimensions);
    const rows = [7, 0, 7, scan.rows - 1, ...Array.from({ length: SOME_ROWS - 4 }, (_, i) => (i * 37) % scan.rows)];
    for (const query of queries) {
      const sums = scan.scores(query).slice();
      const some = scan.compareSome(query);
      some.rows.set(rows);
      some.scores.fill(-1);
      some.score(SOME_ROWS - 1);
      expect([...some.scores.subarray(0, -1)]).toEqual(rows.slice(0, -1).map((row) => sums[row]));
      expect(some.scores.at(-1)).toBe(-1);
    }
  });

  test.each([0, 1, 2, 17])('of %i rows', (rows) => {
    const scan = createScan(module, vectors.slice(0, rows * dimensions), dimensions);
    expect([...scan.scores(queries[0]!)]).toEqual(plainSums(queries[0]!).slice(0, rows));
  });
});

describe('the graph', () => {
  const library = loadGraphLibrary(INSTALL_DIR);

  test('is built here', () => {
    expect(library).not.toBeNull();
  });

  test.each([
    ['one piece', 1],
    ['three parts', 3],
  ])(
    `in %s finds what the scan finds: recall@${K} of 0.98 or more, before and after it was saved`,
    async (_, parts) => {
      const scan = createScan(module, vectors, dimensions);
      const built = (await build(vectors, Math.ceil(scan.rows / parts)))!;
      expect(built.entries).toHaveLength(parts);
      const path = join(temporaryFolder(), 'graph');
      await saveGraph(built, path, vectors);
      const loaded = (await loadGraph(path, vectors))!;
      expect(loaded).toEqual(built);
      for (const of of [scan, createScan(null, vectors, dimensions)]) {
        const graph = createGraph(loaded, of);
        const shares = queries.map((query) => {
          const exact = new Set(topRows(scan.scores(query), K, all).map(({ row }) => row));
          return graph.nearest(query, K, null).filter(({ row }) => exact.has(row)).length / K;
        });
        expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThanOrEqual(0.98);
      }
    },
  );

  test('of other vectors, or with a changed byte, is not used', async () => {
    const some = vectors.slice(0, 200 * dimensions);
    const path = join(temporaryFolder(), 'graph');
    await saveGraph((await build(some))!, path, some);
    expect(await loadGraph(path, some)).not.toBeNull();
    expect(await loadGraph(path, vectors.slice(0, 201 * dimensions))).toBeNull();
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(path, bytes);
    expect(await loadGraph(path, some)).toBeNull();
  });

  test('finds the best of those rows alone that are wanted', async () => {
    const scan = createScan(module, vectors, dimensions);
    const graph = createGraph((await build(vectors))!, scan);
    const isWanted = (row: number): boolean => row % 3 === 0;
    for (const query of queries) {
      const exact = topRows(scan.scores(query), K, isWanted).map(({ score }) => score);
      const found = graph.nearest(query, K, isWanted);
      expect(found.every(({ row }) => isWanted(row))).toBe(true);
      expect(found.map(({ score }) => score)).toEqual(exact);
    }
  });

  test.each([
    [1, 1],
    [2, 1],
    [17, 1],
    [17, 8],
    [40, 17],
  ])('of %i rows in parts of at most %i finds all of them', async (rows, mostRows) => {
    const some = vectors.slice(0, rows * dimensions);
    const graph = createGraph((await build(some, mostRows))!, createScan(module, some, dimensions));
    expect(
      graph
        .nearest(queries[0]!, 50, null)
        .map(({ row }) => row)
        .sort((a, b) => a - b),
    ).toEqual([...Array(rows).keys()]);
  });

  test('stops being built when it is told to, and leaves no file', async () => {
    const dir = temporaryFolder();
    const of: GraphVectors = { vectors, dimensions };
    expect(await buildGraph(library!, of, join(dir, 'library'), AbortSignal.abort())).toBeNull();
    expect(readdirSync(dir)).toEqual([]);
  });

  test("hnswlib's file is read as it is, however large, and one that is cut is refused", async () => {
    const rows = 5000;
    const index = new library!('ip', 2);
    index.initIndex(rows, 16, 50);
    for (let row = 0; row < rows; row++) index.addPoint([Math.sin(row), Math.cos(row)], row);
    const path = join(temporaryFolder(), 'library');
    await index.writeIndex(path);
    const {
      entries: [entry],
      levels,
    } = await readLinks(path, 10_000);
    expect(levels.length).toBeGreaterThan(1);
    expect(levels.at(-1)!.rows).toContain(entry);
    expect([...levels[0]!.rows]).toEqual([...Array(rows).keys()]);
    for (const { rows: on, starts, near } of levels) {
      expect(starts.length).toBe(on.length + 1);
      expect(starts.at(-1)).toBe(near.length);
      const present = new Set(on);
      expect(near.every((row) => present.has(row))).toBe(true);
    }
    const bytes = readFileSync(path);
    for (const length of [50, bytes.length >> 1, bytes.length - 40]) {
      writeFileSync(path, bytes.subarray(0, length));
      await expect(readLinks(path)).rejects.toThrow(RangeError);
    }
  });

  test('whose parts are of different heights begins in each on its highest level', () => {
    const of = (lists: readonly (readonly number[])[]): Level => ({
      rows: Uint32Array.from(lists.keys()),
      starts: Uint32Array.from([0, ...lists.keys().map((row) => lists.slice(0, row + 1).flat().length)]),
      near: Uint32Array.from(lists.flat()),
    });
    const alone = { rows: Uint32Array.of(1), starts: Uint32Array.of(0, 0), near: new Uint32Array() };
    const joined = joinLinks([
      { entries: [0], levels: [of([[1], [0]])] },
      { entries: [1], levels: [of([[1], [0, 2], [1]]), alone] },
    ]);
    expect(joined).toEqual({
      entries: [0, 3],
      levels: [of([[1], [0], [3], [2, 4], [3]]), { ...alone, rows: Uint32Array.of(3) }],
    });
    const scan = createScan(module, vectors.slice(0, 5 * dimensions), dimensions);
    const found = createGraph(joined, scan).nearest(queries[0]!, 5, null);
    expect(new Set(found.map(({ row }) => row))).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  function build(some: Int8Array, mostRows?: number): Promise<Links | null> {
    const file = join(temporaryFolder(), 'library');
    return buildGraph(library!, { vectors: some, dimensions }, file, new AbortController().signal, mostRows);
  }
});

function plainSums(query: Float32Array): number[] {
  const values = quantise(query);
  return Array.from({ length: vectors.length / dimensions }, (_, row) =>
    values.reduce((sum, value, i) => sum + value * vectors[row * dimensions + i]!, 0),
  );
}
