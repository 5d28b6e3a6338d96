/** The search panel on the screen. */
import assert from 'node:assert/strict';
import { runCommand } from '../browser.ts';
import { panelListSteps } from './panel-list.ts';
import {
  activeTab,
  assertCursor,
  closePanel,
  goToLine,
  openFile,
  openPanel,
  panelRows,
  type Step,
  screenshot,
  statusItem,
  type,
  untilIndexed,
} from './step.ts';

const QUESTION = 'turn text like 3 May 2021 into a date';

export const panelSteps: readonly Step[] = [
  {
    name: 'the status bar tells when the folder is indexed',
    run: async (page) => {
      await untilIndexed(page);
      const label = await statusItem(page).getAttribute('aria-label');
      assert.match(label ?? '', /functions indexed/);
    },
  },
  {
    name: 'a file is open with the cursor somewhere',
    run: async (page) => {
      await openFile(page, 'src', 'cart.go');
      await goToLine(page, 21);
    },
  },
  {
    name: 'the key opens the panel, and typing lists hits in the order of their rank',
    run: async (page) => {
      await openPanel(page);
      await type(page, QUESTION);
      await panelRows(page).first().filter({ hasText: 'parse_date' }).waitFor();
      const first = (await panelRows(page).first().textContent()) ?? '';
      assert.match(first, /src\/dates\.py:8/);
      assert.match(first, /def parse_date\(text\):/);
    },
  },
  {
    name: 'the active hit is shown in the editor while the box keeps the keys',
    run: async (page) => {
      await activeTab(page, 'dates.py').waitFor();
      await page.locator('.view-line', { hasText: 'def parse_date' }).waitFor();
      await page.keyboard.type(' ');
      assert.equal(await page.locator('.quick-input-widget:visible input').inputValue(), `${QUESTION} `);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.locator('.quick-input-widget:visible .monaco-list-row.focused[data-index="2"]').waitFor();
    },
  },
  {
    name: 'Escape brings the old editor back with its cursor and the keys, and leaves no tab',
    run: async (page) => {
      await closePanel(page, 'Escape');
      await activeTab(page, 'cart.go').waitFor();
      await assertCursor(page, 'Ln 21, Col 1');
      // Whichever hit was shown last.
      await page.locator('.tabs-container .tab').nth(1).waitFor({ state: 'detached' });
      await page.keyboard.press('ArrowDown');
      await assertCursor(page, 'Ln 22, Col 1');
      await screenshot(page, 'escaped');
    },
  },
  {
    name: 'the panel remembers the question, and Enter lands on the line',
    run: async (page) => {
      await openPanel(page);
      await panelRows(page).first().filter({ hasText: 'parse_date' }).waitFor();
      await page.keyboard.press('Enter');
      await activeTab(page, 'dates.py').waitFor();
      await assertCursor(page, 'Ln 8, Col 1');
      await screenshot(page, 'landed');
    },
  },
  {
    name: 'operators narrow in the same box; a filter that leaves nothing offers to drop it',
    run: async (page) => {
      await openPanel(page);
      await type(page, 'wait longer after each failure lang:ts');
      // Below what else the language may become.
      await panelRows(page).filter({ hasText: 'retryWithBackoff' }).first().waitFor();
      await panelRows(page).filter({ hasText: 'dates.py' }).first().waitFor({ state: 'detached' });
      await screenshot(page, 'panel-operators');
      await type(page, 'wait longer after each failure lang:cobol');
      await panelRows(page).first().filter({ hasText: 'Kenning knows no language “cobol”' }).waitFor();
      await panelRows(page).filter({ hasText: 'Nothing found within these filters' }).waitFor();
      await screenshot(page, 'panel-nothing');
      await page.keyboard.press('Enter');
      await panelRows(page).first().filter({ hasText: 'retryWithBackoff' }).waitFor();
    },
  },
  {
    name: 'a hit further down is centred below the panel',
    run: async (page) => {
      await type(page, 'send a file to the server');
      await panelRows(page).first().filter({ hasText: 'HttpClient.uploadFile' }).waitFor();
      await page.locator('.view-line', { hasText: 'async uploadFile' }).waitFor();
      await page.locator('.view-line', { hasText: 'retryWithBackoff' }).waitFor({ state: 'detached' });
      await screenshot(page, 'panel');
    },
  },
  ...panelListSteps,
  {
    name: 'the command palette runs the same search',
    run: async (page) => {
      await page.keyboard.press('Escape');
      await activeTab(page, 'dates.py').waitFor();
      await assertCursor(page, 'Ln 8, Col 1');
      await runCommand(page, 'Kenning: Search Code by Description');
      await page.locator('.quick-input-widget:visible input[placeholder^="Describe the code"]').waitFor();
      await type(page, 'how many days are between two dates');
      await panelRows(page).first().filter({ hasText: 'days_between' }).waitFor();
    },
  },
];
