/** The engine's process is killed from outside: once, and more often than it is started again. */
import type { Locator, Page } from 'playwright-core';
import { engineKiller } from '../engine-process.ts';
import { openPanel, panelRows, panelTitle, type Step, screenshot, statusItem, type, untilIndexed } from './step.ts';

const QUESTION = 'the least recently used entry is evicted';

const best = (page: Page): Locator => panelRows(page).first().filter({ hasText: 'lru_cache.rb' });

export const crashSteps = (serverDir: string): readonly Step[] => {
  const killEngine = engineKiller(serverDir);
  return [
    {
      name: 'killed once, the engine starts again by itself, and the next question is answered',
      run: async (page) => {
        await untilIndexed(page);
        await openPanel(page);
        await type(page, QUESTION);
        await best(page).waitFor();
        await killEngine();
        await type(page, `${QUESTION} first`);
        await best(page).waitFor();
      },
    },
    {
      name: 'killed again and again, the panel and the status bar say that it starts again, and the hits come back',
      run: async (page) => {
        for (const _ of ['second', 'third', 'fourth time']) await killEngine();
        await panelTitle(page, 'The search engine ended unexpectedly and starts again').waitFor();
        await statusItem(page).locator('.codicon-loading').waitFor();
        await screenshot(page, 'crash-again');
        await untilIndexed(page);
        await panelTitle(page, 'The search engine ended').waitFor({ state: 'detached' });
        await type(page, QUESTION);
        await best(page).waitFor();
      },
    },
    {
      name: 'killed too often, the panel and the status bar say that it has failed, and offer to start it again',
      run: async (page) => {
        await killEngine();
        await panelRows(page).first().filter({ hasText: 'more than 4 times in 3 minutes' }).waitFor();
        await panelRows(page).first().filter({ hasText: 'Start the engine again' }).waitFor();
        await statusItem(page).locator('.codicon-error').waitFor();
        await screenshot(page, 'crash-failed');
      },
    },
    {
      name: 'started again by Enter: the hits are back',
      run: async (page) => {
        await page.keyboard.press('Enter');
        await untilIndexed(page);
        await best(page).waitFor();
        await screenshot(page, 'crash-restarted');
        await page.keyboard.press('Enter');
      },
    },
  ];
};
