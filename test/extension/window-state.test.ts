import { expect, test } from 'vitest';
import { KenningError } from '../../src/core/errors.ts';
import type { IndexStatus } from '../../src/engine/api/status.ts';
import type { IndexProgress } from '../../src/engine/api/work.ts';
import { type WindowFacts, windowState } from '../../src/extension/window-state.ts';
import type { FolderState } from '../../src/service/folder-state.ts';

const error = new KenningError('index-locked', 'in use');
const status = (functions: number, complete: boolean, refined: number | null = null): IndexStatus => ({
  folder: '/a',
  files: 1,
  functions,
  complete,
  generation: 1,
  bytes: 1,
  model: 'm',
  refined,
  vectorIndex: 'exact',
  runtime: 'native',
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
const refining = {
  activity: 'refining',
  status: status(5, true, 1),
  progress: { phase: 'refine', done: 4, total: 5, functions: 5 },
} as const;
const updating = { activity: 'updating', status: status(5, false) } as const;

const full = new KenningError('index-write-failed', 'no room');

test.each<[string, WindowFacts, object]>([
  [
    'changes that cannot be written are left out, whatever was there before',
    facts([complete, { ...complete, error: full }]),
    { kind: 'partial', functions: 10, error: full },
  ],
  [
    'changes that another process takes up are not',
    facts([{ ...complete, error }]),
    { kind: 'ready', functions: 5, refined: null },
  ],
  [
    'a folder that cannot be opened beside one that can',
    facts([complete, { ...complete, activity: 'failed', error: full }]),
    { kind: 'partial', functions: 10, error: full },
  ],
  ['no folder', facts([]), { kind: 'no-folder' }],
  ['only virtual folders', facts([], { virtualFolders: 1 }), { kind: 'virtual' }],
  [
    'the process starts',
    facts([{ activity: 'closed' }], { service: 'starting' }),
    { kind: 'starting', afterCrash: false },
  ],
  [
    'it starts again',
    facts([{ activity: 'closed' }], { service: 'restarting' }),
    { kind: 'starting', afterCrash: true },
  ],
  ['a folder opens', facts([complete, { activity: 'opening' }]), { kind: 'starting', afterCrash: false }],
  ['all folders failed', facts([{ activity: 'failed', error }]), { kind: 'failed', error }],
  ['one of two failed', facts([{ activity: 'failed', error }, complete]), { kind: 'partial', functions: 5, error }],
  ['all complete', facts([complete, complete]), { kind: 'ready', functions: 10, refined: null }],
  [
    'complete, with a file whose vectors could not be refined',
    facts([{ status: status(5, true, 3) }, complete]),
    { kind: 'ready', functions: 10, refined: 3 },
  ],
  ['refining', facts([refining, { status: status(7, true, 7) }]), { kind: 'refining', functions: 12, refined: 11 }],
  ['refining, not yet begun', facts([{ ...refining, progress: null }]), { kind: 'refining', functions: 5, refined: 1 }],
  ['refining is paused', facts([refining], { paused: true }), { kind: 'paused', functions: 5, done: 0, total: 0 }],
  ['an update beside a refining', facts([refining, updating]), { kind: 'indexing', functions: 10, done: 0, total: 0 }],
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
    'on battery',
    facts([complete, { ...updating, progress: { ...progress(1, 10, 7), onBattery: true } }]),
    { kind: 'indexing', functions: 12, done: 1, total: 10, onBattery: true },
  ],
  [
    'refining on battery',
    facts([{ ...refining, progress: { ...refining.progress, onBattery: true } }]),
    { kind: 'refining', functions: 5, refined: 4, onBattery: true },
  ],
  [
    'paused',
    facts([{ ...updating, progress: progress(1, 10, 7) }], { paused: true }),
    { kind: 'paused', functions: 7, done: 1, total: 10 },
  ],
  [
    'paused while nothing is being done',
    facts([complete], { paused: true }),
    { kind: 'ready', functions: 5, refined: null, paused: true },
  ],
  [
    'paused while a part is not indexed',
    facts([{ status: status(2, false) }], { paused: true }),
    { kind: 'partial', functions: 2, error: null, paused: true },
  ],
])('%s', (_, given, state) => {
  expect(windowState(given)).toEqual(state);
});
