/** A folder that is not trusted: what works all the same, and what is kept from it. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import {
  openPanel,
  panelRows,
  panelTitle,
  type Step,
  screenshot,
  showSideBar,
  sideBarRows,
  statusItem,
  type,
  untilIndexed,
} from './step.ts';

/** What the folder's own settings say. */
export const FOREIGN_MODEL = { 'kenning.model': './model-of-a-stranger' };

const focusedRow = (page: Page, text: string): Locator =>
  page.locator('.quick-input-widget:visible .monaco-list-row.focused', { hasText: text });

/** The folder's settings name a model. */
export const restrictedSteps: readonly Step[] = [
  {
    name: 'restricted: the folder is indexed and searched, and the panel says that its model is not used',
    run: async (page) => {
      await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
      await untilIndexed(page);
      await openPanel(page);
      await type(page, 'send a file to the server');
      await panelRows(page).filter({ hasText: 'HttpClient.uploadFile' }).first().waitFor();
      await panelTitle(page, 'Restricted Mode, without the model of this workspace').waitFor();
      await screenshot(page, 'restricted');
    },
  },
  {
    name: "restricted: the index is of Kenning's own model",
    run: async (page) => {
      await page.keyboard.press('Escape');
      await showSideBar(page);
      const model = sideBarRows(page).filter({ hasText: 'Model' }).first();
      await model.waitFor();
      assert.match((await model.textContent()) ?? '', /kenning-s1/);
    },
  },
  {
    name: 'restricted: the panel leads to where the folder can be trusted',
    run: async (page) => {
      await openPanel(page);
      await panelTitle(page, 'Restricted Mode').waitFor();
      // Not key by key: to one change of the box there is one answer, and no other comes between the keys that follow.
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText('parse a date');
      await panelRows(page).first().filter({ hasText: 'parse_date' }).waitFor();
      await page.keyboard.press('ArrowUp');
      await focusedRow(page, 'the model that this workspace names is not used').waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('You are in Restricted Mode').waitFor();
      await screenshot(page, 'restricted-trust');
    },
  },
  {
    name: 'once the folder is trusted, its model counts without a reload: it cannot be read, and that is said',
    run: async (page) => {
      await page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).click();
      await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'detached' });
      await statusItem(page).locator('.codicon-error').waitFor();
      await openPanel(page);
      await panelRows(page).first().filter({ hasText: 'model-of-a-stranger' }).waitFor();
      await screenshot(page, 'restricted-trusted');
    },
  },
];
