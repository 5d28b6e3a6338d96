/** When the background looks whether the indexes are within the user's budget. The editor is a fake, and so is the time. */
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { followDiskBudget } from '../../src/extension/disk-budget.ts';
import type { ServiceClient } from '../../src/service/client.ts';
import { configuration, fire } from './fake-vscode.ts';

const MINUTE_MS = 60_000;

beforeEach(() => configuration.clear());

/** The budgets that were looked after, in bytes, and what tells of an update that has ended. */
function started(): { readonly looked: number[]; updated(): void } {
  vi.useFakeTimers();
  const looked: number[] = [];
  let tell = (): void => undefined;
  const client = {
    folders: [{ activity: 'idle', report: {} }],
    onDidChange: (listener: () => void) => {
      tell = listener;
      return { dispose: () => undefined };
    },
    collect: async ({ budgetBytes }: { budgetBytes: number }) => {
      looked.push(budgetBytes);
      return { removed: [], freedBytes: 0 };
    },
  };
  const log = {} as vscode.LogOutputChannel;
  const budget = followDiskBudget(client as unknown as ServiceClient, '/storage', log);
  onTestFinished(() => {
    budget.dispose();
    vi.useRealTimers();
  });
  return { looked, updated: () => tell() };
}

function setBudget(megabytes: number): void {
  configuration.set('kenning.diskBudget', megabytes);
  fire('onDidChangeConfiguration', { affectsConfiguration: (asked: string) => asked === 'kenning.diskBudget' });
}

test('it looks after an update, and at most once an hour', () => {
  const { looked, updated } = started();
  updated();
  vi.advanceTimersByTime(MINUTE_MS);
  updated();
  vi.advanceTimersByTime(MINUTE_MS);
  expect(looked).toEqual([2048e6]);
  vi.advanceTimersByTime(60 * MINUTE_MS);
  updated();
  vi.advanceTimersByTime(MINUTE_MS);
  expect(looked).toEqual([2048e6, 2048e6]);
});

test.each<unknown>(['2 GB', null, Number.NaN])('a budget of %j, which is none, is the usual one', (value) => {
  configuration.set('kenning.diskBudget', value);
  const { looked, updated } = started();
  updated();
  vi.advanceTimersByTime(MINUTE_MS);
  expect(looked).toEqual([2048e6]);
});

test('a budget that changes counts at once', () => {
  const { looked, updated } = started();
  updated();
  vi.advanceTimersByTime(MINUTE_MS);
  setBudget(100);
  vi.advanceTimersByTime(MINUTE_MS);
  expect(looked).toEqual([2048e6, 100e6]);
});

test('no budget, no look', () => {
  const { looked, updated } = started();
  setBudget(0);
  updated();
  vi.advanceTimersByTime(MINUTE_MS);
  expect(looked).toEqual([]);
});
