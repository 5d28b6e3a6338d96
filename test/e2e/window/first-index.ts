/** The first index of a larger folder: what there is is searched meanwhile, and the panel tells how much that is. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { runCommand } from '../browser.ts';
import {
  activeTab,
  closePanel,
  openPanel,
  panelRows,
  panelTitle,
  type Step,
  screenshot,
  statusItem,
  type,
  untilIndexed,
} from './step.ts';

const rebuildNote = (page: Page): Locator =>
  page.locator('.notifications-center .notification-list-item', { hasText: 'Kenning is rebuilding the index' });

/** The folder's settings keep its index from being made until the user says so: else it might be over too soon. */
export const firstIndexSteps: readonly Step[] = [
  {
    name: 'a folder without an index: the panel says so, and offers to make one',
    run: async (page) => {
      await statusItem(page).locator('.codicon-warning').waitFor();
      await openPanel(page);
      await type(page, 'convert degrees celsius to fahrenheit');
      await panelRows(page).first().filter({ hasText: 'Index it now' }).waitFor();
      await screenshot(page, 'first-index-none');
    },
  },
  {
    name: 'the first index: the panel tells its progress while answers come already',
    run: async (page) => {
      const counted = panelTitle(page, /Indexing file [\d,]+ of 1,601/).waitFor();
      const hits = panelRows(page).filter({ hasText: 'src/' }).first().waitFor();
      await page.keyboard.press('Enter');
      await counted;
      await hits;
      await screenshot(page, 'first-index');
      assert.match((await statusItem(page).textContent()) ?? '', /Kenning [\d,]+\/1,601/);
    },
  },
  {
    name: 'with the last file the panel no longer tells progress, and Enter lands on the best hit',
    run: async (page) => {
      await untilIndexed(page);
      await panelRows(page).first().filter({ hasText: 'celsius_to_fahrenheit' }).waitFor();
      await panelTitle(page, 'Indexing').waitFor({ state: 'detached' });
      assert.match((await statusItem(page).getAttribute('aria-label')) ?? '', /19,201 functions indexed/);
      await screenshot(page, 'first-index-ready');
      await closePanel(page, 'Enter');
      await activeTab(page, 'weather.py').waitFor();
    },
  },
  {
    name: 'a rebuild tells how far it is, and waits where indexing is paused',
    run: async (page) => {
      await statusItem(page).click();
      await panelRows(page).filter({ hasText: 'Rebuild Index' }).click();
      // The open file is read before the others are counted.
      await statusItem(page)
        .filter({ hasText: /Kenning [\d,]+\/1,600/ })
        .waitFor();
      await statusItem(page).click();
      await panelRows(page).filter({ hasText: 'Pause Indexing' }).click();
      // Under test the editor lets no message pop up; its list of them shows the same.
      await runCommand(page, 'Notifications: Show Notifications');
      await rebuildNote(page)
        .filter({ hasText: /file [\d,]+ of 1,600 \(Show Log\)/ })
        .waitFor();
      await screenshot(page, 'rebuild');
    },
  },
  {
    name: 'its message leads to the log, and cancels it',
    run: async (page) => {
      await rebuildNote(page).getByText('Show Log').click();
      await page.locator('.panel', { hasText: 'Kenning' }).locator('.view-line').first().waitFor();
      await runCommand(page, 'Notifications: Show Notifications');
      await rebuildNote(page).locator('.monaco-button', { hasText: 'Cancel' }).click();
      await rebuildNote(page).waitFor({ state: 'detached' });
      await statusItem(page).locator('.codicon-warning').waitFor();
    },
  },
];
