/** One thing a user does or sees, and the few looks at the screen that the steps share. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ARTIFACTS } from '../browser.ts';

export interface Step {
  readonly name: string;
  /** Steps about the package alone take no page. */
  readonly run: (page: Page) => void | Promise<void>;
}

export const panelRows = (page: Page): Locator =>
  page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
export const sideBarRows = (page: Page): Locator => page.locator('.sidebar .monaco-list-row');
export const activeTab = (page: Page, label: string): Locator => page.locator('.tab.active', { hasText: label });
export const statusItem = (page: Page): Locator => page.locator('.statusbar-item[id="kenning.kenning.kenning.state"]');
/** The status bar's sign that Kenning runs and the folders' indexes are up to date. */
export async function untilIndexed(page: Page): Promise<void> {
  await statusItem(page).waitFor();
  await page.locator('.statusbar-item[id="kenning.kenning.kenning.state"] .codicon-search-sparkle').waitFor();
}

export const screenshot = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });

/** As the status bar tells it. */
export async function assertCursor(page: Page, place: string): Promise<void> {
  const item = page.locator('[id="status.editor.selection"]', { hasText: place });
  await item.waitFor();
  assert.equal((await item.textContent())?.trim(), place);
}

export async function openPanel(page: Page): Promise<void> {
  await page.keyboard.press('Control+Alt+k');
  await page.locator('.quick-input-widget:visible input[placeholder^="Describe the code"]').waitFor();
}

/** Replaces whatever the box holds, key by key. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text, { delay: 15 });
}
