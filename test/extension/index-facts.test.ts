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

const labelsOf = (change: Partial<FolderState>): string[] => factsOf({ ...state, ...change }).map(({ label }) => label);

test('each of several notes is a node of its own', () => {
  const facts = factsOf(state);
  expect(facts.filter(({ label }) => label === 'Note').map(({ value }) => value)).toEqual(NOTICES);
  expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
});

test('while it is indexed the number of files is left out: it would be that of the last write', () => {
  expect(labelsOf({})).toContain('Files');
  const progress = { phase: 'index', done: 81, total: 177, functions: 2226 } as const;
  expect(labelsOf({ activity: 'updating', progress })).not.toContain('Files');
});

test('a size on disk is told where something is indexed, or nothing is to be', () => {
  const status = { ...state.status!, functions: 0 };
  expect(labelsOf({ status: { ...status, complete: false } })).not.toContain('On disk');
  expect(labelsOf({ status })).toContain('On disk');
});
