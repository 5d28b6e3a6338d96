import { describe, expect, test } from 'vitest';
import { createPauseGate } from '../../src/service/pause-gate.ts';
import { restartDelayMs, WINDOW_MS } from '../../src/service/restart-policy.ts';
import { throttle } from '../../src/service/throttle.ts';
import { mergeUpdates, REBUILD, type UpdateRequest, WHOLE_FOLDER } from '../../src/service/update-request.ts';

const paths = (...names: string[]): UpdateRequest => ({ paths: names, rebuild: false });

const flood = (name: string): UpdateRequest => paths(...Array.from({ length: 300 }, (_, i) => `${name}${i}`));

test.each([
  ['nothing waits', null, paths('a'), paths('a')],
  ['paths join', paths('a', 'b'), paths('b', 'c'), paths('a', 'b', 'c')],
  ['the whole folder covers paths', WHOLE_FOLDER, paths('a'), WHOLE_FOLDER],
  ['paths are covered by the whole folder', paths('a'), WHOLE_FOLDER, WHOLE_FOLDER],
  ['too many paths are the whole folder', flood('a'), flood('b'), WHOLE_FOLDER],
  ['a rebuild is not forgotten', REBUILD, paths('a'), REBUILD],
])('merging updates: %s', (_, waiting, next, merged) => {
  expect(mergeUpdates(waiting, next)).toEqual(merged);
});

test.each([
  ['the first at once', [], 0],
  ['the second a little later', [1000], 250],
  ['the fifth not at all', [1000, 2000, 3000, 4000], null],
  ['old ones are forgotten', [-WINDOW_MS, -WINDOW_MS, -WINDOW_MS, 4000], 250],
])('restarts: %s', (_, restarts, delayMs) => {
  expect(restartDelayMs(restarts, 5000)).toBe(delayMs);
});

test('a throttle passes the first value, then the last of each interval', () => {
  const sent: number[] = [];
  let nowMs = 0;
  const thin = throttle<number>(
    (value) => sent.push(value),
    100,
    () => nowMs,
  );
  for (const [at, value] of [
    [0, 1],
    [50, 2],
    [99, 3],
    [100, 4],
    [150, 5],
  ] as const) {
    nowMs = at;
    thin.push(value);
  }
  expect(sent).toEqual([1, 4]);
  thin.flush();
  thin.flush();
  expect(sent).toEqual([1, 4, 5]);
});

describe('the pause gate', () => {
  test('is open at first', async () => {
    await createPauseGate().pass(new AbortController().signal);
  });

  test('opens on resume and on abort, not before', async () => {
    for (const open of ['resume', 'abort'] as const) {
      const gate = createPauseGate();
      const abort = new AbortController();
      gate.setPaused(true);
      let passed = false;
      const passing = gate.pass(abort.signal).then(() => {
        passed = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(passed).toBe(false);
      if (open === 'resume') gate.setPaused(false);
      else abort.abort();
      await passing;
    }
  });
});
