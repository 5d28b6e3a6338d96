/** One thing a user does or sees, and the few looks at the screen that the steps share. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ARTIFACTS, openBox } from '../browser.ts';

export interface Step {
  readonly name: string;
  /** Steps about the package alone take no page. */
  readonly run: (page: Page) => void | Promise<void>;
}

export const panelRows = (page: Page): Locator =>
  page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
export const panelTitle = (page: Page, text: string | RegExp): Locator =>
  page.locator('.quick-input-widget:visible .quick-input-title', { hasText: text });
export const sideBarRows = (page: Page): Locator => page.locator('.sidebar .monaco-list-row');
export const activeTab = (page: Page, label: string): Locator =>
  page.locator('.tab.active', { has: page.getByText(label, { exact: true }) });
export const statusItem = (page: Page): Locator => page.locator('.statusbar-item[id="kenning.kenning.kenning.state"]');
/** The status bar's sign that Kenning runs and the folders' indexes are up to date. */
export async function untilIndexed(page: Page): Promise<void> {
  await statusItem(page).waitFor();
  await page.locator('.statusbar-item[id="kenning.kenning.kenning.state"] .codicon-search-sparkle').waitFor();
}

/** With the mouse in a corner where nothing pops up under it. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const { width, height } = page.viewportSize()!;
  await page.mouse.move(width / 2, height - 2);
  await page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });
}

/** As the status bar tells it. */
export async function assertCursor(page: Page, place: string): Promise<void> {
  const item = page.locator('[id="status.editor.selection"]', { hasText: place });
  await item.waitFor();
  assert.equal((await item.textContent())?.trim(), place);
}

/** Kenning's, by its icon; one more click would hide it. Forced: the badge lies over the icon and takes the click for it. */
export async function showSideBar(page: Page): Promise<void> {
  const title = page.locator('.part.sidebar .composite.title', { hasText: 'Kenning' });
  if (!(await title.isVisible())) {
    await page.locator('.activitybar a[aria-label^="Kenning"]').click({ force: true });
  }
  await title.waitFor();
}

/** By the explorer; `folder` is at the top and may be closed. */
export async function openFile(page: Page, folder: string, file: string): Promise<void> {
  await page.keyboard.press('Control+Shift+e');
  const item = (name: string): Locator => page.locator('.explorer-folders-view').getByText(name, { exact: true });
  await item(folder).waitFor();
  if ((await item(file).count()) === 0) await item(folder).click();
  await item(file).dblclick();
  await activeTab(page, file).waitFor();
}

export async function goToLine(page: Page, line: number): Promise<void> {
  await openBox(page, 'Control+g', 'input');
  await page.keyboard.type(String(line));
  await panelRows(page)
    .first()
    .filter({ hasText: `go to line ${line}` })
    .waitFor();
  await page.keyboard.press('Enter');
  await assertCursor(page, `Ln ${line}, Col 1`);
}

/** Closes the panel. The editor gets the keys back a moment later, and until then takes them away from whatever opens. */
export async function closePanel(page: Page, key: 'Enter' | 'Escape'): Promise<void> {
  await page.keyboard.press(key);
  await page.locator('.quick-input-widget:visible').waitFor({ state: 'detached' });
  await page.locator('.editor-group-container .monaco-editor.focused').waitFor();
}

/** `placeholder`: how the empty box begins. */
export const openPanel = (page: Page, placeholder = 'Describe the code'): Promise<void> =>
  openBox(page, 'Shift+Alt+K', `input[placeholder^="${placeholder}"]`);

/** The panel asks once the keys rest for a moment, and hears of them late on a busy machine. */
const ASKED_MS = 400;
/** A list that has not changed for so long is the answer: the progress bar is no sign of it, since it comes late itself. */
const STILL_MS = 300;

/**
 * Replaces whatever the box holds, key by key, and returns when what is typed then is answered: the list stands still, and
 * a key that moves in it is not undone by an answer.
 */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text, { delay: 15 });
  await page.waitForTimeout(ASKED_MS);
  await page.locator('.quick-input-widget:visible .monaco-progress-container.active').waitFor({ state: 'detached' });
  await untilStill(page);
}

async function untilStill(page: Page): Promise<void> {
  const shown = async (): Promise<string> => String(await panelRows(page).allTextContents());
  let now = await shown();
  for (let before = ''; before !== now; ) {
    before = now;
    await page.waitForTimeout(STILL_MS);
    now = await shown();
  }
}
