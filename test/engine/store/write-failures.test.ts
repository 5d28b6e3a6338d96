/** Every write of a batch fails once, in turn: the index is then as it was, and the batch goes in afterwards. */
import type { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createWriter, type Writer, writeBatch } from '../../../src/engine/store/commit.ts';
import type { Batch } from '../../../src/engine/store/records.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { temporaryFolder } from '../temporary.ts';
import { contentOf, fileRecord, settledContent } from './records.ts';

const FIRST: Batch = { upserts: [fileRecord('a.py', ['alpha', 'beta']), fileRecord('b.py', ['gamma'])] };
const SECOND: Batch = {
  removed: ['b.py'],
  touched: [{ path: 'a.py', size: 101, mtimeMs: 2, ctimeMs: 2 }],
  upserts: [fileRecord('a.py', ['alpha', 'delta']), fileRecord('c.py', ['epsilon'])],
  skipped: { binary: 3 },
  finished: true,
};

/** The writer of `database` whose call number `failing` (from 1) throws, as when the disk is full. */
function failingWriter(database: DatabaseSync, failing: number): { writer: Writer; calls: () => number } {
  let calls = 0;
  const count = (): void => {
    if (++calls === failing) throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
  };
  const counted = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (object, key) => {
        const value = Reflect.get(object, key);
        if (typeof value !== 'function') return value;
        return (...values: unknown[]) => {
          if (key !== 'exec' || values[0] !== 'ROLLBACK') count();
          return value.apply(object, values);
        };
      },
    });
  const { statements, ...rest } = createWriter(database);
  const entries = Object.entries(statements).map(([name, statement]) => [name, counted(statement)]);
  return {
    writer: { ...rest, database: counted(database), statements: Object.fromEntries(entries) },
    calls: () => calls,
  };
}

test('a batch whose every call fails in turn leaves the index as it was, and then goes in', () => {
  const peaceful = Store.open(temporaryFolder(), '/folder');
  peaceful.commit(FIRST);
  const { writer, calls } = failingWriter(peaceful.database, Number.POSITIVE_INFINITY);
  writeBatch(writer, SECOND);
  const expected = settledContent(peaceful);
  peaceful.close();
  expect(calls()).toBeGreaterThan(20);

  for (let failing = 1; failing <= calls(); failing++) {
    const store = Store.open(temporaryFolder(), '/folder');
    store.commit(FIRST);
    const before = contentOf(store);
    const attempt = failingWriter(store.database, failing);
    expect(() => writeBatch(attempt.writer, SECOND), `call ${failing}`).toThrow('full');
    expect(contentOf(store), `call ${failing}`).toEqual(before);
    writeBatch(attempt.writer, SECOND);
    expect(settledContent(store), `call ${failing}`).toEqual(expected);
    store.close();
  }
});

test('a disk that is full after ever more pages refuses the batch whole', () => {
  const large: Batch = {
    upserts: Array.from({ length: 12 }, (_, i) =>
      fileRecord(
        `dir/${i}.py`,
        Array.from({ length: 40 }, (_, f) => `function_${i}_${f}`),
      ),
    ),
  };
  let failures = 0;
  for (let pages = 0; ; pages++) {
    const store = Store.open(temporaryFolder(), '/folder');
    store.commit(FIRST);
    const before = contentOf(store);
    const { page_count } = store.database.prepare('PRAGMA page_count').get() as { page_count: number };
    store.database.exec(`PRAGMA max_page_count = ${page_count + pages}`);
    try {
      store.commit(large);
      expect(store.counts().functions).toBe(3 + 480);
      store.close();
      break;
    } catch (error) {
      failures++;
      expect(error).toMatchObject({ code: 'index-write-failed', message: expect.stringContaining('full') });
      expect(contentOf(store)).toEqual(before);
      store.database.exec('PRAGMA max_page_count = 1000000');
      store.commit(large);
      expect(store.counts().functions).toBe(3 + 480);
      store.close();
    }
  }
  expect(failures).toBeGreaterThan(10);
});
