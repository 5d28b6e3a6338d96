/** However an index came about, a snapshot of it proposes what one made at once would. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { LEXICAL_WEIGHTS } from '../../../src/core/ranking/parameters.ts';
import { LiveIndex } from '../../../src/engine/search/live-index.ts';
import type { Snapshot } from '../../../src/engine/search/snapshot.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { DIMENSIONS, fileRecord } from '../store/records.ts';
import { temporaryFolder } from '../temporary.ts';

let store: Store;
let live: LiveIndex;

beforeEach(() => {
  store = Store.open(join(temporaryFolder(), 'index'), '/folder');
  onTestFinished(() => store.close());
  live = new LiveIndex(store, DIMENSIONS, null);
});

/** Everything that holds `common`, by path and order of proposal, with its scores. */
function proposals(snapshot: Snapshot): unknown[] {
  const ids = [...store.termIds(['common', 'alpha', 'zeta']).values()];
  const terms = ids.map((id) => ({ id, weight: 1 }));
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, i) => 0.5 - 0.1 * i);
  const found = snapshot.propose({ vector, terms, weights: LEXICAL_WEIGHTS, keep: null }, 1000);
  return found
    .map(({ semantic, lexical, nameLexical, fileSemantic, ...rest }) => ({
      ...rest,
      semantic: round(semantic),
      lexical: round(lexical),
      nameLexical: round(nameLexical),
      fileSemantic: round(fileSemantic),
    }))
    .sort((a, b) => a.id - b.id);
}

const noTurn = async (): Promise<void> => {};
const round = (value: number): number => Math.round(value * 1e4) / 1e4;
const fresh = async (): Promise<unknown[]> => proposals(await new LiveIndex(store, DIMENSIONS, null).snapshot());

test('batch by batch, with removals and replacements, and a compaction in between', async () => {
  for (let step = 0; step < 40; step++) {
    const names = Array.from({ length: 1 + ((step * 7) % 5) }, (_, i) => (i === 0 ? 'alpha' : `name_${step}_${i}`));
    store.commit({
      upserts: [fileRecord(`dir/${step % 13}.py`, names, `version ${step}`)],
      ...(step % 6 === 5 && { removed: [`dir/${(step + 4) % 13}.py`] }),
    });
    if (step % 15 === 14) await live.compact(noTurn);
    if (step % 3 !== 0) continue;
    const snapshot = await live.snapshot();
    expect(proposals(snapshot)).toHaveLength(store.counts().functions);
    expect(proposals(snapshot), `step ${step}`).toEqual(await fresh());
  }
  await live.compact(noTurn);
  expect(proposals(await live.snapshot())).toEqual(await fresh());
});

test('searches that come while a base is made see what they saw', async () => {
  store.commit({ upserts: Array.from({ length: 100 }, (_, i) => fileRecord(`${i}.py`, ['alpha', `name${i}`])) });
  const before = proposals(await live.snapshot());
  let nowMs = 0;
  // Each step takes so long that the next one waits for its turn.
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 10));
  const meanwhile: unknown[] = [];
  const isCompacted = await live.compact(async () => {
    meanwhile.push(proposals(await live.snapshot()));
  });
  clock.mockRestore();
  expect(isCompacted).toBe(true);
  expect(meanwhile.length).toBeGreaterThan(20);
  for (const seen of meanwhile) expect(seen).toEqual(before);
  expect(proposals(await live.snapshot())).toEqual(before);
});

test('a snapshot that a search holds does not change under it', async () => {
  store.commit({ upserts: [fileRecord('a.py', ['alpha', 'beta'])] });
  const held = await live.snapshot();
  const before = proposals(held);
  store.commit({ upserts: [fileRecord('b.py', ['zeta'])] });
  expect(proposals(await live.snapshot())).toHaveLength(3);
  expect(proposals(held)).toEqual(before);
});

test('vectors that are refined bit by bit, and files that are edited and go meanwhile', async () => {
  store.commit({
    upserts: Array.from({ length: 30 }, (_, i) => fileRecord(`dir/${i}.py`, [`alpha`, `name${i}`, `other${i}`])),
  });
  await live.compact(noTurn);
  for (let step = 0; step < 30; step++) {
    const waiting = store.rows.waitingFiles().flatMap(({ path }) => store.rows.waitingFunctions(path));
    const vector = Int8Array.from({ length: DIMENSIONS }, (_, d) => step + d);
    store.commitRefined(waiting.slice(0, 4).map(({ id }) => ({ id, vector })));
    if (step % 5 === 4) store.commit({ upserts: [fileRecord(`dir/${step}.py`, ['zeta', `name${step}`])] });
    if (step % 10 === 9) store.commit({ removed: [`dir/${step - 1}.py`] });
    const snapshot = await live.snapshot();
    expect(proposals(snapshot)).toHaveLength(store.counts().functions);
    expect(proposals(snapshot), `step ${step}`).toEqual(await fresh());
    expect(['alpha', 'common'].map((term) => rarity(snapshot, term))).toEqual(
      await Promise.all(
        ['alpha', 'common'].map(async (term) => rarity(await new LiveIndex(store, DIMENSIONS, null).snapshot(), term)),
      ),
    );
  }
});

test('functions that were looked at are the same under the ids that refining gives them, and gone under those before', async () => {
  store.commit({ upserts: [fileRecord('a.py', ['alpha', 'beta', 'gamma'])] });
  const ids = store.rows.idsIn('a.py');
  const before = store.functions(ids);
  const terms = store.termIds(['alpha', 'none']);
  store.commitRefined([{ id: ids[1]!, vector: new Int8Array(DIMENSIONS) }]);
  const now = store.rows.idsIn('a.py');
  expect(now).toEqual([ids[0], expect.any(Number), ids[2]]);
  expect(now[1]).not.toBe(ids[1]);
  expect(store.functions(now)).toEqual(before.map((fn, i) => ({ ...fn, id: now[i]! })));
  expect(store.functions(ids)).toEqual([before[0], before[2]]);
  expect(store.termIds(['alpha', 'none'])).toEqual(terms);
  // What another process changes is not taken for known.
  const other = Store.open(store.dir, '/folder');
  onTestFinished(() => other.close());
  other.commit({ removed: ['a.py'], upserts: [fileRecord('b.py', ['none'])] });
  expect(store.functions(now)).toEqual([]);
  expect(store.termIds(['none']).size).toBe(1);
});

const rarity = (snapshot: Snapshot, term: string): number => snapshot.rarity(store.termIds([term]).get(term)!);

test("a new file with the number of one that is gone is not taken for it, nor is one that is another language's now", async () => {
  store.commit({ upserts: [fileRecord('a.py', ['alpha']), fileRecord('gone.py', ['beta'])] });
  const before = await live.snapshot();
  const last = Math.max(...before.files.keys());
  store.commit({ removed: ['gone.py'] });
  store.commit({ upserts: [fileRecord('new.py', ['gamma'])] });
  const { files } = await live.snapshot();
  expect(files.get(last)?.path).toBe('new.py');
  expect(before.files.get(last)?.path).toBe('gone.py');
  store.commit({ upserts: [{ ...fileRecord('a.py', ['delta']), language: 'ruby' }] });
  expect([...(await live.snapshot()).files.values()]).toContainEqual(
    expect.objectContaining({ path: 'a.py', language: 'ruby' }),
  );
  expect(proposals(await live.snapshot())).toEqual(await fresh());
});

test('the same snapshot is given until something is committed', async () => {
  store.commit({ upserts: [fileRecord('a.py', ['alpha'])] });
  expect(await live.snapshot()).toBe(await live.snapshot());
});

test.each([
  ['cut', (file: string) => writeFileSync(file, 'KSEG0001')],
  ['gone', (file: string) => rmSync(file)],
  ['foreign', (file: string) => writeFileSync(file, 'x'.repeat(1000))],
])('a base file that is %s is not needed', async (_, damage) => {
  store.commit({ upserts: [fileRecord('a.py', ['alpha', 'beta']), fileRecord('b.py', ['zeta'])] });
  expect(await live.compact(noTurn)).toBe(true);
  const expected = await fresh();
  damage(join(store.dir, store.baseFile()));
  expect(await fresh()).toEqual(expected);
});

test('a little change is not worth a new base, and an old base goes when a new one comes', async () => {
  store.commit({ upserts: Array.from({ length: 40 }, (_, i) => fileRecord(`${i}.py`, [`name${i}`])) });
  expect(await live.compact(noTurn)).toBe(true);
  store.commit({ upserts: [fileRecord('more.py', ['alpha'])] });
  expect(await live.compact(noTurn)).toBe(false);
  store.commit({ upserts: Array.from({ length: 20 }, (_, i) => fileRecord(`new${i}.py`, [`new${i}`])) });
  expect(await live.compact(noTurn)).toBe(true);
  expect(await live.compact(noTurn)).toBe(false);
  expect(readdirSync(store.dir).filter((name) => name.startsWith('base-'))).toEqual([store.baseFile()]);
});

test("another process's base, read by a compaction that finds nothing to do, changes no answer", async () => {
  store.commit({ upserts: Array.from({ length: 20 }, (_, i) => fileRecord(`${i}.py`, ['alpha', `name${i}`])) });
  const before = proposals(await live.snapshot());
  await new LiveIndex(store, DIMENSIONS, null).compact(noTurn);
  expect(await live.compact(noTurn)).toBe(false);
  // As a graph does that was looked for over the base.
  live.useGraph(null);
  const snapshot = await live.snapshot();
  expect(snapshot.files.size).toBe(20);
  expect(proposals(snapshot)).toEqual(before);
});

test('searches that come at once read the base once', async () => {
  store.commit({ upserts: Array.from({ length: 20 }, (_, i) => fileRecord(`${i}.py`, ['alpha', `name${i}`])) });
  const before = proposals(await live.snapshot());
  await live.compact(noTurn);
  const reads = vi.spyOn(store.rows, 'readVectors');
  const other = new LiveIndex(store, DIMENSIONS, null);
  const snapshots = await Promise.all([other.snapshot(), other.snapshot(), other.snapshot()]);
  expect(reads).toHaveBeenCalledTimes(1);
  for (const snapshot of snapshots) expect(proposals(snapshot)).toEqual(before);
});
