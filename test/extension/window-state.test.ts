import { expect, test } from 'vitest';
import { KenningError } from '../../src/core/errors.ts';
import type { IndexProgress, IndexStatus } from '../../src/engine/api.ts';
import { type WindowFacts, windowState } from '../../src/extension/window-state.ts';
import type { FolderState } from '../../src/service/folder-session.ts';

const error = new KenningError('index-locked', 'in use');
const status = (functions: number, complete: boolean): IndexStatus => ({
  folder: '/a',
  files: 1,
  functions,
  complete,
  generation: 1,
  bytes: 1,
  model: 'm',
  vectorIndex: 'exact',
  updatedAt: null,
  skipped: {},
  notices: [],
});
const progress = (done: number, total: number, functions = 0): IndexProgress => ({
  phase: 'index',
  done,
  total,
  functions,
});
const folder = (state: Partial<FolderState>): FolderState => ({
  folder: '/a',
  activity: 'idle',
  progress: null,
  status: null,
  report: null,
  error: null,
  ...state,
});
const facts = (folders: readonly Partial<FolderState>[], more: Partial<WindowFacts> = {}): WindowFacts => ({
  service: 'ready',
  paused: false,
  virtualFolders: 0,
  folders: folders.map(folder),
  ...more,
});

const complete = { status: status(5, true) };
const updating = { activity: 'updating', status: status(5, false) } as const;

test.each<[string, WindowFacts, object]>([
  ['no folder', facts([]), { kind: 'no-folder' }],
  ['only virtual folders', facts([], { virtualFolders: 1 }), { kind: 'virtual' }],
  ['the process starts', facts([{ activity: 'closed' }], { service: 'starting' }), { kind: 'starting' }],
  ['a folder opens', facts([complete, { activity: 'opening' }]), { kind: 'starting' }],
  ['all folders failed', facts([{ activity: 'failed', error }]), { kind: 'failed', error }],
  ['one of two failed', facts([{ activity: 'failed', error }, complete]), { kind: 'partial', functions: 5, error }],
  ['all complete', facts([complete, complete]), { kind: 'ready', functions: 10 }],
  ['one not complete', facts([complete, { status: status(2, false) }]), { kind: 'partial', functions: 7, error: null }],
  ['still looking', facts([updating]), { kind: 'indexing', functions: 5, done: 0, total: 0 }],
  [
    'two at work',
    facts([
      { ...updating, progress: progress(1, 10, 7) },
      { ...updating, progress: progress(2, 20, 8) },
    ]),
    { kind: 'indexing', functions: 15, done: 3, total: 30 },
  ],
  [
    'paused',
    facts([{ ...updating, progress: progress(1, 10, 7) }], { paused: true }),
    { kind: 'paused', functions: 7, done: 1, total: 10 },
  ],
  ['a pause without work does not show', facts([complete], { paused: true }), { kind: 'ready', functions: 5 }],
])('%s', (_, given, state) => {
  expect(windowState(given)).toEqual(state);
});
