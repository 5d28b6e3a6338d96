/** The panel takes a second view right away and while nobody has touched the list, or not at all. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SecondRequest } from '../../src/extension/panel/second-request.ts';
import { type Meanwhile, onMeanwhile, SECOND_VIEW_MS } from '../../src/extension/panel/second-view.ts';

const SHOWN = { atMs: 1000, query: 'parse a date', active: 'a' };
const IN_TIME = SHOWN.atMs + SECOND_VIEW_MS;

const CASES: readonly [string, Meanwhile, ReturnType<typeof onMeanwhile>][] = [
  ['answered at once', { kind: 'answered', atMs: SHOWN.atMs }, 'take'],
  ['answered just in time', { kind: 'answered', atMs: IN_TIME }, 'take'],
  ['answered too late', { kind: 'answered', atMs: IN_TIME + 0.1 }, 'drop'],
  ['time left', { kind: 'time', atMs: IN_TIME }, 'wait'],
  ['no time left', { kind: 'time', atMs: IN_TIME + 1 }, 'drop'],
  ["the editor's echo of the question", { kind: 'value', value: SHOWN.query }, 'wait'],
  ['typed', { kind: 'value', value: `${SHOWN.query}s` }, 'drop'],
  ['typed a blank', { kind: 'value', value: `${SHOWN.query} ` }, 'drop'],
  ["the editor's echo of the active hit", { kind: 'active', active: SHOWN.active }, 'wait'],
  ['a list that is being replaced', { kind: 'active', active: undefined }, 'wait'],
  ['moved to another hit', { kind: 'active', active: 'b' }, 'drop'],
  ['moved to a notice', { kind: 'active', active: null }, 'drop'],
  ['touched', { kind: 'touched' }, 'drop'],
];

test.each(CASES)('%s', (_, event, decision) => {
  expect(onMeanwhile(SHOWN, event)).toBe(decision);
});

describe('a second request', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** `answerMs`: null never answers. What happens to the list is told as words. */
  function bench(answerMs: number | null, answer: string | null = 'better') {
    const log: string[] = [];
    const request = new SecondRequest<string>({
      nowMs: () => Date.now(),
      ask: (query) => {
        log.push(`ask ${query}`);
        return new Promise((resolve) => {
          if (answerMs !== null) setTimeout(() => resolve(answer), answerMs);
        });
      },
      cancel: () => log.push('cancel'),
      take: (taken, active) => log.push(`take ${taken}, stay at ${active}`),
    });
    const begin = (query = 'q'): void => void request.begin(query, 'a').catch(() => log.push('failed'));
    return { log, request, begin };
  }

  test('is taken in time, and the active hit stays', async () => {
    const { log, request, begin } = bench(100);
    begin();
    request.tell({ kind: 'active', active: 'a' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(log).toEqual(['ask q', 'take better, stay at a']);
    request.tell({ kind: 'touched' });
    expect(log).toHaveLength(2);
  });

  test.each([
    ['that comes late', 200, null],
    ['that never comes', null, null],
    ['after a move', 100, { kind: 'active', active: 'b' }],
    ['after typing', 100, { kind: 'value', value: 'qu' }],
    ['after something was opened', 100, { kind: 'touched' }],
  ] as const)('%s is cancelled once and never taken', async (_, answerMs, event) => {
    const { log, request, begin } = bench(answerMs);
    begin();
    await vi.advanceTimersByTimeAsync(50);
    if (event) request.tell(event);
    await vi.advanceTimersByTimeAsync(1000);
    request.tell({ kind: 'touched' });
    expect(log).toEqual(['ask q', 'cancel']);
  });

  test('that a newer question has overtaken is no answer', async () => {
    const { log, begin } = bench(100, null);
    begin();
    await vi.advanceTimersByTimeAsync(1000);
    expect(log).toEqual(['ask q']);
  });

  test('gives way to the next one', async () => {
    const { log, begin } = bench(100);
    begin('one');
    await vi.advanceTimersByTimeAsync(50);
    begin('two');
    await vi.advanceTimersByTimeAsync(1000);
    expect(log).toEqual(['ask one', 'cancel', 'ask two', 'take better, stay at a']);
  });

  test('that fails says so and leaves nothing to cancel', async () => {
    const cancel = vi.fn();
    const take = vi.fn();
    const ask = (): Promise<never> => Promise.reject(new Error('gone'));
    const request = new SecondRequest<string>({ nowMs: () => Date.now(), ask, cancel, take });
    await expect(request.begin('q', 'a')).rejects.toThrow('gone');
    await vi.advanceTimersByTimeAsync(1000);
    expect([cancel.mock.calls.length, take.mock.calls.length]).toEqual([0, 0]);
  });
});
