/** Code like some code, from each place where a user may ask for it: the editor's menu, the palette, a hit in the panel. */
import type { Locator, Page } from 'playwright-core';
import { runCommand } from '../browser.ts';
import {
  activeTab,
  assertCursor,
  closePanel,
  goToLine,
  openFile,
  openPanel,
  panelRows,
  panelTitle,
  type Step,
  screenshot,
  type,
  untilIndexed,
} from './step.ts';

async function openAt(page: Page, [folder, file]: readonly [string, string], line: number): Promise<void> {
  await openFile(page, folder, file);
  await goToLine(page, line);
}

const menuItem = (page: Page, label: string): Locator => page.locator('.monaco-menu .action-item', { hasText: label });
const best = (page: Page, name: string): Locator => panelRows(page).first().filter({ hasText: name });

export const similarSteps: readonly Step[] = [
  {
    name: "the editor's menu lists code like the function around the cursor, and Escape leaves all as it was",
    run: async (page) => {
      await untilIndexed(page);
      await openAt(page, ['tests', 'test_dates.py'], 6);
      await page.keyboard.press('Shift+F10');
      await menuItem(page, 'Find Duplicates of This Function').waitFor();
      await screenshot(page, 'similar-menu');
      await menuItem(page, 'Find Similar Code').click();
      await panelTitle(page, 'Similar to test_').waitFor();
      await best(page, 'parse_date').waitFor();
      // The picture shows it in the editor, too, and marked.
      await page.locator('.view-line', { hasText: 'def next_working_day' }).waitFor();
      await page.locator('.view-overlays [class*="ced-"]').first().waitFor({ state: 'attached' });
      await screenshot(page, 'similar');
      await closePanel(page, 'Escape');
      await activeTab(page, 'test_dates.py').waitFor();
      await assertCursor(page, 'Ln 6, Col 1');
    },
  },
  {
    name: 'the palette lists code like what is selected, and Enter lands on it',
    run: async (page) => {
      await openAt(page, ['src', 'cart.go'], 18);
      for (const _ of [1, 2, 3]) await page.keyboard.press('Shift+ArrowDown');
      await runCommand(page, 'Kenning: Find Similar Code');
      await panelTitle(page, 'Similar to cart.go:18-20').waitFor();
      await panelRows(page).first().waitFor();
      await closePanel(page, 'Enter');
    },
  },
  {
    name: "a hit's button in the panel lists code like it, without itself, and the other one leads back",
    run: async (page) => {
      await openPanel(page);
      await type(page, 'how many days are between two dates');
      await best(page, 'days_between').waitFor();
      await panelRows(page).first().hover();
      await panelRows(page).first().locator('a[aria-label^="Find Similar Code"]').click();
      await panelTitle(page, 'Similar to days_between').waitFor();
      await panelRows(page).filter({ hasText: 'dates.py:14' }).waitFor({ state: 'detached' });
      await panelRows(page).first().waitFor();
      await page.locator('.quick-input-widget:visible .codicon-quick-input-back').click();
      await panelTitle(page, 'Similar to').waitFor({ state: 'detached' });
      await best(page, 'days_between').waitFor();
      await closePanel(page, 'Escape');
    },
  },
  {
    name: 'a function without duplicates: the panel says that there are none',
    run: async (page) => {
      await openAt(page, ['src', 'http-client.ts'], 9);
      await runCommand(page, 'Kenning: Find Duplicates of This Function');
      await panelTitle(page, 'Duplicates of retryWithBackoff').waitFor();
      await best(page, 'No duplicates found').waitFor();
      await screenshot(page, 'duplicates-none');
      await closePanel(page, 'Escape');
    },
  },
];
