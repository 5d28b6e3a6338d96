/** What a click on the status bar offers. The editor is a fake. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KenningError } from '../../src/core/errors.ts';
import { menuItems } from '../../src/extension/menu.ts';
import type { WindowState } from '../../src/extension/window-state.ts';

const texts = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.nls.json'), 'utf8')) as Record<
  string,
  string
>;
const work = { done: 0, total: 0, functions: 1 };
const STATES: readonly WindowState[] = [
  { kind: 'no-folder' },
  { kind: 'failed', error: new KenningError('index-locked', 'in use') },
  { kind: 'starting', afterCrash: false },
  { kind: 'indexing', ...work },
  { kind: 'refining', functions: 1, refined: 0 },
  { kind: 'paused', ...work },
  { kind: 'ready', functions: 1, refined: null },
  { kind: 'ready', functions: 1, refined: null, paused: true },
];

test.each(STATES)('$kind: each action is called what the palette calls it', (state) => {
  const items = menuItems(state);
  const called = items.map(({ label }) => label.replace(/^\$\([\w-]+\) /, ''));
  expect(called).toEqual(items.map(({ command }) => texts[command.replace('kenning.', 'command.')]));
});

test('an end to a pause is offered while there is one, whether something is being done or not', () => {
  const withResume = STATES.filter((state) =>
    menuItems(state).some(({ command }) => command.endsWith('resumeIndexing')),
  );
  expect(withResume).toEqual([STATES[5], STATES[7]]);
});
