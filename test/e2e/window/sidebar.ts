/** The side bar and the status bar's menu on the screen. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { runCommand } from '../browser.ts';
import {
  activeTab,
  assertCursor,
  openFile,
  panelRows,
  type Step,
  screenshot,
  showSideBar,
  sideBarRows,
  statusItem,
  untilIndexed,
} from './step.ts';

const QUESTION = 'how many days are between two dates';

const row = (page: Page, text: string): Locator => sideBarRows(page).filter({ hasText: text }).first();
const pane = (page: Page, name: string): Locator =>
  page.locator('.sidebar .pane', { has: page.locator('.pane-header', { hasText: name }) });
const message = (page: Page, text: string): Locator => page.locator('.sidebar', { hasText: text });

/** A view's buttons stand there while the mouse is over it. */
async function clickAction(page: Page, view: string, label: string): Promise<void> {
  await pane(page, view).locator('.pane-header').hover();
  await pane(page, view).locator(`.pane-header a[aria-label="${label}"]`).click();
}

/** A row that is drawn anew below a mouse that stands still does not know of it. */
async function hoverUntil(page: Page, over: Locator, shown: Locator): Promise<void> {
  for (let tries = 0; tries < 50 && !(await shown.isVisible()); tries++) {
    await page.locator('.activitybar').hover();
    await over.hover();
    await page.waitForTimeout(100);
  }
}

export const sidebarSteps: readonly Step[] = [
  {
    name: 'the last answer stands in the side bar, by file, and is counted on its icon',
    run: async (page) => {
      await page.keyboard.press('Escape');
      await showSideBar(page);
      await row(page, 'days_between').waitFor();
      await row(page, 'dates.py').waitFor();
      await message(page, `27 results for “${QUESTION}”`).waitFor();
      await page.locator('.activitybar .badge-content', { hasText: '27' }).waitFor();
    },
  },
  {
    name: 'a click on a hit opens it at its line as a preview, and the keys stay in the tree',
    run: async (page) => {
      await row(page, 'days_between').click();
      await activeTab(page, 'dates.py').waitFor();
      await assertCursor(page, 'Ln 14, Col 1');
      await page.keyboard.press('ArrowDown');
      await pane(page, 'Results').locator('.monaco-list-row.focused', { hasText: 'parse_date' }).waitFor();
    },
  },
  {
    name: 'the Delete key dismisses what is focused and then what follows it, and nothing is opened by it',
    run: async (page) => {
      await page.keyboard.press('Delete');
      await message(page, ', 1 dismissed').waitFor();
      await sideBarRows(page).filter({ hasText: 'def parse_date' }).waitFor({ state: 'detached' });
      await pane(page, 'Results').locator('.monaco-list-row.selected', { hasText: 'days_between' }).waitFor();
      await assertCursor(page, 'Ln 14, Col 1');
      await screenshot(page, 'sidebar-dismissed');
      await page.keyboard.press('Delete');
      await message(page, ', 2 dismissed').waitFor();
      await pane(page, 'Results').locator('.monaco-list-row.focused').waitFor();
      await assertCursor(page, 'Ln 14, Col 1');
    },
  },
  {
    name: 'the cross dismisses a file; searching again brings all back',
    run: async (page) => {
      const cross = row(page, 'test_dates.py').locator('a[aria-label^="Dismiss"]');
      await hoverUntil(page, row(page, 'test_dates.py'), cross);
      await cross.click();
      await message(page, ', 4 dismissed').waitFor();
      await clickAction(page, 'Results', 'Search Again');
      await row(page, 'test_dates.py').waitFor();
      await row(page, 'def parse_date').waitFor();
    },
  },
  {
    name: 'results in one list by rank, and back',
    run: async (page) => {
      await clickAction(page, 'Results', 'Show Results by Rank');
      await row(page, 'src/dates.py:14').waitFor();
      await screenshot(page, 'sidebar-ranked');
      await clickAction(page, 'Results', 'Show Results by File');
      await row(page, 'dates.py').waitFor();
      await sideBarRows(page).filter({ hasText: 'src/dates.py:14' }).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'a search is pinned, outlives the window and runs by a click',
    run: async (page) => {
      const pinned = pane(page, 'Pinned Searches').locator('.monaco-list-row', { hasText: QUESTION });
      await clickAction(page, 'Results', 'Pin This Search');
      await pane(page, 'Pinned Searches').locator('.pane-header').click();
      await pinned.waitFor();
      // The editor writes what an extension stores a moment later, and says nothing when it has.
      await page.waitForTimeout(2000);
      await page.reload();
      await page.locator('.activitybar a[aria-label^="Kenning"]').waitFor();
      await untilIndexed(page);
      await message(page, 'Describe the code you are after').waitFor();
      await pinned.click();
      await message(page, `27 results for “${QUESTION}”`).waitFor();
      await screenshot(page, 'sidebar-pinned');
    },
  },
  {
    name: 'a pinned search is unpinned, and its view says what it is for',
    run: async (page) => {
      await page.keyboard.press('Delete');
      await message(page, 'Searches that you pin stay here').waitFor();
      await pane(page, 'Pinned Searches').locator('.pane-header').click();
    },
  },
  {
    name: 'the index view shows what the folder holds',
    run: async (page) => {
      await row(page, 'up to date').waitFor();
      await row(page, 'Functions').waitFor();
      const model = (await row(page, 'Model').textContent()) ?? '';
      assert.match(model, /kenning-s1/);
      await row(page, 'days_between').click();
      await activeTab(page, 'dates.py').waitFor();
      await screenshot(page, 'sidebar');
    },
  },
  {
    name: 'a file that is left out: the rule is named, and shown where it stands',
    run: async (page) => {
      await openFile(page, 'generated', 'dates.js');
      await runCommand(page, 'Kenning: Why Is This File Not Indexed?');
      // Under test the editor lets no message pop up; its list of them shows the same.
      await runCommand(page, 'Notifications: Show Notifications');
      const told = page.locator('.notifications-center .notification-list-item', {
        hasText: 'generated/dates.js is not indexed: .gitignore line',
      });
      await told.waitFor();
      await screenshot(page, 'why-not-indexed');
      await told.locator('.monaco-button', { hasText: 'Show Rule' }).click();
      await activeTab(page, '.gitignore').waitFor();
    },
  },
  {
    name: 'a deleted index asks first, and stays away until it is asked for',
    run: async (page) => {
      await showSideBar(page);
      await row(page, 'up to date').waitFor();
      await runCommand(page, 'Kenning: Delete Index…');
      const dialog = page.locator('.monaco-dialog-box');
      await dialog.getByText('No source file is touched').waitFor();
      await screenshot(page, 'delete-index');
      await dialog.locator('.monaco-button', { hasText: 'Delete Index' }).click();
      await row(page, 'not indexed').waitFor();
      await screenshot(page, 'deleted-index');
      await row(page, 'not indexed').hover();
      await row(page, 'not indexed').locator('a[aria-label^="Look for Changes Now"]').click();
      await row(page, 'up to date').waitFor();
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
  {
    name: "the log's own menu, though an editor's, offers no search",
    run: async (page) => {
      await runCommand(page, 'Kenning: Show Log');
      await page.locator('.part.panel .view-line').first().click({ button: 'right' });
      const items = page.locator('.monaco-menu .action-item');
      await items.filter({ hasText: 'Copy' }).first().waitFor();
      assert.equal(await items.filter({ hasText: 'Find Similar Code' }).count(), 0);
      await screenshot(page, 'log-menu');
      await page.keyboard.press('Escape');
    },
  },
];
