/** What the index view says below a folder. The editor is a fake; of a node's ids it takes each once, or the whole tree fails. */
import { expect, test } from 'vitest';
import { factsOf } from '../../src/extension/views/index-facts.ts';
import type { FolderState } from '../../src/service/folder-state.ts';

const NOTICES = ['The native ONNX Runtime does not load here.', 'The native HNSW graph is not built here.'];
const state: FolderState = {
  folder: '/a',
  activity: 'idle',
  progress: null,
  report: null,
  error: null,
  status: {
    folder: '/a',
    files: 1,
    functions: 1,
    complete: true,
    generation: 1,
    bytes: 1,
    model: 'own',
    refined: null,
    vectorIndex: 'exact',
    runtime: null,
    updatedAt: 1,
    skipped: {},
    notices: NOTICES,
  },
};

test('each of several notes is a node of its own', () => {
  const facts = factsOf(state);
  expect(facts.filter(({ label }) => label === 'Note').map(({ value }) => value)).toEqual(NOTICES);
  expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
});
