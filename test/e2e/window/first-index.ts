/** The first index of a larger folder: what there is is searched meanwhile, and the panel tells how much that is. */
import assert from 'node:assert/strict';
import {
  activeTab,
  openPanel,
  panelRows,
  panelTitle,
  type Step,
  screenshot,
  statusItem,
  type,
  untilIndexed,
} from './step.ts';

/** The folder's settings keep its index from being made until the user says so: else it might be over too soon. */
export const firstIndexSteps: readonly Step[] = [
  {
    name: 'a folder without an index: the panel says so, and offers to make one',
    run: async (page) => {
      await statusItem(page).locator('.codicon-warning').waitFor();
      await openPanel(page);
      await type(page, 'convert degrees celsius to fahrenheit');
      await panelRows(page).first().filter({ hasText: 'Index the rest now' }).waitFor();
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
      await page.keyboard.press('Enter');
      await activeTab(page, 'weather.py').waitFor();
    },
  },
];
