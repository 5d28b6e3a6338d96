/** The line below the box: how to narrow a question, where it can be. The editor and the engine are fakes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { opened } from './open-panel.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('it stands below words, not above reasons or code like some code', async () => {
  const { box, panel } = await opened('a', 'b');
  const narrow = expect.stringMatching(/^Narrow with/);
  expect(box.prompt).toEqual(narrow);
  panel.setOrigin({ label: 'f', code: 'f()' });
  expect(box.prompt).toBeUndefined();
  panel.back();
  expect(box.prompt).toEqual(narrow);
});
