/** A saved segment comes back as it was, with the vectors that only the database has, or not at all. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Postings, postingRange } from '../../../src/core/lexical/postings.ts';
import { atOnce } from '../../../src/engine/steps.ts';
import { baseSegmentOf, type Segment, segmentOf } from '../../../src/engine/store/segment.ts';
import { loadSegment, saveSegment } from '../../../src/engine/store/segment-file.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { temporaryFolder } from '../temporary.ts';
import { DIMENSIONS, fileRecord } from './records.ts';

let store: Store;

beforeEach(() => {
  store = Store.open(temporaryFolder(), '/folder');
  onTestFinished(() => store.close());
});

/** So many files of ten functions each. */
const files = (count: number, word = 'name') =>
  Array.from({ length: count }, (_, i) =>
    fileRecord(
      `dir/${i}.py`,
      Array.from({ length: 10 }, (_, f) => `${word}_${i}_${f}`),
    ),
  );

/** As the writer does. */
async function compacted(): Promise<{ segment: Segment; saved: Segment; load: () => Promise<Segment | null> }> {
  const segment = segmentOf(store.rows.after(0), DIMENSIONS);
  const room = new Int8Array((segment.rows + 1) * DIMENSIONS);
  const saved = atOnce(baseSegmentOf(store.rows.after(0), DIMENSIONS, room));
  const name = await saveSegment(store.dir, 'base-1', saved);
  store.setBaseFile(name);
  const load = (): Promise<Segment | null> =>
    loadSegment(join(store.dir, name), DIMENSIONS, {
      read: (...asked) => store.rows.readVectors(...asked),
      allocate: (rows) => new Int8Array(rows * DIMENSIONS),
    });
  return { segment, saved, load };
}

/** All that a search can ask for. */
function told({ ids, fileIds, kinds, vectors, postings }: Segment): unknown {
  return { ids, fileIds, kinds, vectors, terms: postings.terms, lengths: postings.fieldLengths, of: listed(postings) };
}

function listed(postings: Postings): unknown[] {
  return Array.from(postings.terms, (term) => {
    const range = postingRange(postings, term);
    return [postings.postingRows.slice(...range), postings.postingCounts.slice(...range)];
  });
}

const count = (table: string): number =>
  (store.database.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;

test('it comes back as it was', async () => {
  store.commit({ upserts: files(120) });
  const { segment, saved, load } = await compacted();
  const loaded = (await load())!;
  expect(told(loaded)).toEqual(told(segment));
  expect(loaded.rows).toBe(1200);
  expect(told(saved)).toEqual(told(segment));
});

test('its vectors lie where there was room for them', () => {
  store.commit({ upserts: files(3) });
  const room = new Int8Array(31 * DIMENSIONS);
  const segment = atOnce(baseSegmentOf(store.rows.after(0), DIMENSIONS, room));
  expect(segment.vectors.buffer).toBe(room.buffer);
  expect(told(segment)).toEqual(told(segmentOf(store.rows.after(0), DIMENSIONS)));
});

test('a term keeps its id, however many others come between', () => {
  const terms = (words: readonly string[]) => new Map(words.map((word) => [word, 1]));
  const [record] = files(1);
  const [fn] = record!.functions;
  const many = Array.from({ length: 200_001 }, (_, i) => `term${i}`);
  store.commit({ upserts: [{ ...record!, functions: [{ ...fn!, terms: terms(many) }] }] });
  store.commit({ upserts: [{ ...record!, path: 'b.py', functions: [{ ...fn!, terms: terms(['term0', 'term7']) }] }] });
  const { postings } = segmentOf(store.rows.after(0), DIMENSIONS);
  const ids = store.termIds(['term0', 'term7', 'term9']);
  const rows = ['term0', 'term7', 'term9'].map((term) => {
    const [start, end] = postingRange(postings, ids.get(term)!);
    return end - start;
  });
  expect(rows).toEqual([2, 2, 1]);
});

test('the vectors of functions that are gone stay with it, and go with the next', async () => {
  store.commit({ upserts: files(5) });
  const { segment, load } = await compacted();
  store.commit({ removed: ['dir/1.py'], upserts: [fileRecord('dir/2.py', ['other'])] });
  expect(told((await load())!)).toEqual(told(segment));
  expect([count('functions'), count('vectors')]).toEqual([31, 51]);
  await compacted();
  expect([count('functions'), count('vectors')]).toEqual([31, 31]);
});

test.each([
  ['another', 'UPDATE vectors SET vector = zeroblob(4) WHERE function_id = 7'],
  ['one of another length', 'UPDATE vectors SET vector = zeroblob(5) WHERE function_id = 7'],
  ['one too few', 'DELETE FROM vectors WHERE function_id = 7'],
  [
    'one too many',
    'INSERT INTO vectors VALUES (0, zeroblob(4)), (-1, zeroblob(4)); DELETE FROM vectors WHERE function_id IN (7, 8); INSERT INTO vectors VALUES (7, zeroblob(8)), (8, zeroblob(4))',
  ],
])('with %s among the vectors it is not used', async (_, sql) => {
  store.commit({ upserts: files(2) });
  const { load } = await compacted();
  expect(await load()).not.toBeNull();
  store.database.exec(sql);
  expect(await load()).toBeNull();
});

test('what a database no longer needs, the disk has back', async () => {
  store.commit({ upserts: files(300) });
  await compacted();
  const before = store.bytes();
  expect(statSync(join(store.dir, 'index.db-wal')).size).toBe(0);
  store.commit({ upserts: files(300, 'other') });
  await compacted();
  store.commit({ removed: files(280).map(({ path }) => path) });
  await compacted();
  // Terms stay, for whoever writes the next function with one.
  expect(store.bytes()).toBeLessThan(0.7 * before);
});
