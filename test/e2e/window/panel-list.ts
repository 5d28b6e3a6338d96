/** What the panel lists on the screen besides hits, and what its keys do: groups, completions, a scope, recent searches. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import {
  activeTab,
  assertCursor,
  openPanel,
  panelRows,
  panelTitle,
  type Step,
  screenshot,
  sideBarRows,
  type,
} from './step.ts';

const QUESTION = 'turn text like 3 May 2021 into a date';

const box = (page: Page): Locator => page.locator('.quick-input-widget:visible input').first();
const best = (page: Page): Locator => panelRows(page).first().filter({ hasText: 'parse_date' });

/** The panel is open. */
export const panelListSteps: readonly Step[] = [
  {
    name: 'hits stand in groups, and a screen reader hears name, place, code and group, keys lead from one to the next',
    run: async (page) => {
      await type(page, QUESTION);
      await best(page).waitFor();
      const label = await panelRows(page).first().getAttribute('aria-label');
      assert.equal(label, 'parse_date, src/dates.py:8, def parse_date(text):, Best matches');
      await screenshot(page, 'panel-groups');
      for (const heading of ['Also related', 'Tests and examples']) {
        await page.keyboard.press('Control+Alt+ArrowDown');
        await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: heading }).waitFor();
      }
      for (const _ of [1, 2]) await page.keyboard.press('Control+Alt+ArrowUp');
      await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Best matches' }).waitFor();
    },
  },
  {
    name: 'an operator is completed by Enter while the hits stay below',
    run: async (page) => {
      await page.keyboard.press('End');
      await page.keyboard.type(' lang:p', { delay: 15 });
      await panelRows(page).first().filter({ hasText: 'lang:python' }).waitFor();
      await panelRows(page).filter({ hasText: 'parse_date' }).first().waitFor();
      await screenshot(page, 'panel-completion');
      await page.keyboard.press('Enter');
      await best(page).waitFor();
      assert.equal(await box(page).inputValue(), `${QUESTION} lang:python `);
      await page.keyboard.type('-tests', { delay: 15 });
      await best(page).waitFor();
    },
  },
  {
    name: 'a key narrows the search to the file the user came from, and widens it again',
    run: async (page) => {
      await type(page, QUESTION);
      await best(page).waitFor();
      await page.keyboard.press('Alt+o');
      await panelTitle(page, 'only in src/').waitFor();
      await screenshot(page, 'panel-scope');
      await page.keyboard.press('Alt+o');
      await panelTitle(page, 'only in src/').waitFor({ state: 'detached' });
      await best(page).waitFor();
    },
  },
  {
    name: 'keys tell why a hit is one, and list code like it, with a way back',
    run: async (page) => {
      await page.keyboard.press('Alt+i');
      await panelTitle(page, 'Why parse_date').waitFor();
      await page.keyboard.press('Alt+i');
      await best(page).waitFor();
      await page.keyboard.press('Alt+l');
      await panelTitle(page, 'Similar to parse_date').waitFor();
      await panelRows(page).first().waitFor();
      assert.equal(await box(page).inputValue(), '');
      await screenshot(page, 'panel-similar');
      await page.locator('.quick-input-widget:visible .codicon-quick-input-back').click();
      await panelTitle(page, 'Similar to').waitFor({ state: 'detached' });
      await best(page).waitFor();
      assert.equal(await box(page).inputValue(), QUESTION);
    },
  },
  {
    name: 'a key opens the hit to the side, and the panel then remembers the question, selected for typing over',
    run: async (page) => {
      await page.keyboard.press('Control+Enter');
      await page.locator('.editor-group-container').nth(1).waitFor();
      await assertCursor(page, 'Ln 8, Col 1');
      await page.keyboard.press('Control+w');
      await page.locator('.editor-group-container').nth(1).waitFor({ state: 'detached' });
      await openPanel(page);
      await best(page).waitFor();
      await page.keyboard.type('send a file', { delay: 15 });
      await panelRows(page).first().filter({ hasText: 'HttpClient.uploadFile' }).waitFor();
      assert.equal(await box(page).inputValue(), 'send a file');
    },
  },
  {
    name: 'an empty box lists recent searches',
    run: async (page) => {
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Backspace');
      await panelRows(page).first().filter({ hasText: QUESTION }).waitFor();
      await panelRows(page).first().filter({ hasText: 'Recent searches' }).waitFor();
      await screenshot(page, 'panel-recent');
      await page.keyboard.press('Enter');
      await best(page).waitFor();
      assert.equal(await box(page).inputValue(), QUESTION);
    },
  },
  {
    name: 'a key leads to the results in the side bar, which has the focus then',
    run: async (page) => {
      await page.keyboard.press('Alt+b');
      await page.locator('.quick-input-widget:visible').waitFor({ state: 'detached' });
      await sideBarRows(page).filter({ hasText: 'parse_date' }).first().waitFor();
      await page.locator('.sidebar .monaco-list:focus-within').waitFor();
      await screenshot(page, 'panel-to-side-bar');
      await page.keyboard.press('Control+Shift+e');
      await activeTab(page, 'dates.py').click();
      await openPanel(page);
    },
  },
];
