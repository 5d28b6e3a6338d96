import { expect, test } from 'vitest';
import { MOST_QUERIES, QueryHistory, type Storage } from '../../../src/extension/panel/query-history.ts';

function memory(): Storage {
  const values = new Map<string, unknown>();
  return {
    get: <T>(key: string, fallback: T) => (values.get(key) as T | undefined) ?? fallback,
    update: async (key, value) => void values.set(key, value),
  };
}

test('the last question comes first, each once, whatever its letter case', () => {
  const history = new QueryHistory(memory());
  for (const query of ['parse a date', ' retry ', '', 'Parse a date', '  ']) history.note(query);
  expect(history.queries).toEqual(['Parse a date', 'retry']);
  history.remove('parse A date');
  expect(history.queries).toEqual(['retry']);
  history.clear();
  expect(history.queries).toEqual([]);
});

test('it outlives the window, and does not grow for ever', () => {
  const storage = memory();
  const before = new QueryHistory(storage);
  for (let i = 0; i < MOST_QUERIES + 5; i++) before.note(`question ${i}`);
  const { queries } = new QueryHistory(storage);
  expect(queries).toHaveLength(MOST_QUERIES);
  expect(queries[0]).toBe(`question ${MOST_QUERIES + 4}`);
});
