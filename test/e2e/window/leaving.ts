/** Keys that are pressed while the panel goes: they change no file that was only shown, nor the one that comes back where they were not meant for it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import {
  activeTab,
  goToLine,
  openFile,
  openPanel,
  panelRows,
  type Step,
  sideBarRows,
  type,
  untilIndexed,
} from './step.ts';

const QUESTION = 'turn text like 3 May 2021 into a date';
const TYPED = 'qqq';
/** In the browser the editor saves by itself after a second. */
const SAVED_MS = 2000;

export function leavingSteps(folder: string): readonly Step[] {
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  const [dates, cart] = [read('src/dates.py'), read('src/cart.go')];
  return [
    {
      name: 'what is typed right after Escape meets no file that was only shown',
      run: async (page) => {
        await untilIndexed(page);
        await openFile(page, 'src', 'cart.go');
        await goToLine(page, 1);
        for (const waitMs of [0, 30, 80]) {
          await preview(page);
          await page.keyboard.press('Escape');
          await page.waitForTimeout(waitMs);
          await page.keyboard.type(TYPED);
          await activeTab(page, 'cart.go').waitFor();
          await page.locator('.tabs-container .tab').nth(1).waitFor({ state: 'detached' });
        }
        await page.waitForTimeout(SAVED_MS);
        assert.equal(read('src/dates.py'), dates);
        assert.equal(read('src/cart.go').replaceAll(/q+/g, ''), cart);
      },
    },
    {
      name: 'the key to the side bar leads to the active hit there',
      run: async (page) => {
        await preview(page);
        await page.keyboard.press('Alt+b');
        const list = page.locator('.sidebar .monaco-list:focus-within');
        await list.locator('.monaco-list-row.focused', { hasText: 'parse_date' }).waitFor();
        await page.locator('.quick-input-widget:visible').waitFor({ state: 'detached' });
      },
    },
    {
      name: 'what is pressed right after it changes no file',
      run: async (page) => {
        const before = read('src/cart.go');
        for (const waitMs of [0, 30, 80]) {
          await activeTab(page, 'cart.go').click();
          await preview(page);
          await page.keyboard.press('Alt+b');
          await page.waitForTimeout(waitMs);
          await page.keyboard.press('Delete');
          await page.locator('.sidebar .monaco-list:focus-within').waitFor();
        }
        await page.waitForTimeout(SAVED_MS);
        assert.deepEqual([read('src/dates.py'), read('src/cart.go')], [dates, before]);
        assert.ok((await sideBarRows(page).count()) > 0);
      },
    },
  ];
}

/** From another file to the best hit, which the editor shows then. */
async function preview(page: Page): Promise<void> {
  await openPanel(page);
  await type(page, QUESTION);
  await panelRows(page).first().filter({ hasText: 'parse_date' }).waitFor();
  await activeTab(page, 'dates.py').waitFor();
}
