/** The side bar and the status bar's menu on the screen. */
import assert from 'node:assert/strict';
import { activeTab, assertCursor, panelRows, type Step, screenshot, sideBarRows, statusItem } from './step.ts';

export const sidebarSteps: readonly Step[] = [
  {
    name: 'the last answer stands in the side bar, by file',
    run: async (page) => {
      await page.keyboard.press('Escape');
      await page.locator('.activitybar a[aria-label="Kenning"]').click();
      await sideBarRows(page).filter({ hasText: 'days_between' }).first().waitFor();
      await sideBarRows(page).filter({ hasText: 'dates.py' }).first().waitFor();
      await page.locator('.sidebar', { hasText: 'results for “how many days are between two dates”' }).waitFor();
    },
  },
  {
    name: 'a click on a hit opens it at its line',
    run: async (page) => {
      await sideBarRows(page).filter({ hasText: 'days_between' }).first().click();
      await activeTab(page, 'dates.py').waitFor();
      await assertCursor(page, 'Ln 14, Col 1');
    },
  },
  {
    name: 'the index view shows what the folder holds',
    run: async (page) => {
      await sideBarRows(page).filter({ hasText: 'up to date' }).first().waitFor();
      await sideBarRows(page).filter({ hasText: 'Functions' }).first().waitFor();
      const model = (await sideBarRows(page).filter({ hasText: 'Model' }).first().textContent()) ?? '';
      assert.match(model, /kenning-s1/);
      await screenshot(page, 'sidebar');
    },
  },
  {
    name: 'a click on the status bar offers what can be done',
    run: async (page) => {
      await statusItem(page).click();
      await panelRows(page).filter({ hasText: 'Rebuild Index' }).waitFor();
      await panelRows(page).filter({ hasText: 'Show Log' }).waitFor();
      await screenshot(page, 'menu');
      await page.keyboard.press('Escape');
    },
  },
];
