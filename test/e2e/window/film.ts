/** The README's moving picture: a description is typed, hits change, the keys go down the list, Enter lands. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ARTIFACTS } from '../browser.ts';
import { type GifFrame, gifOf } from '../pictures/gif.ts';
import { activeTab, openFile, openPanel, panelRows, type Step, untilIndexed } from './step.ts';

const QUESTION = 'wait longer after each failure';
const SIZE = { width: 900, height: 560 };
const KEY_MS = 60;
const LOOK_MS = 800;
const END_MS = 2000;
/** For the picture to catch up with a key: what is filmed is then as a user on an idle machine sees it. */
const SETTLE_MS = 250;

export const filmSteps: readonly Step[] = [
  {
    name: 'the moving picture for the README',
    run: async (page) => {
      const frames: GifFrame[] = [];
      const shoot = async (delayMs: number): Promise<void> => {
        await page.waitForTimeout(SETTLE_MS);
        frames.push({ png: await page.screenshot({ scale: 'css' }), delayMs });
      };
      await setScene(page);
      await shoot(LOOK_MS);
      await openPanel(page);
      await shoot(LOOK_MS / 2);
      for (const key of QUESTION) {
        await page.keyboard.type(key);
        await shoot(key === ' ' ? 2 * KEY_MS : KEY_MS);
      }
      await panelRows(page).first().filter({ hasText: 'retryWithBackoff' }).waitFor();
      await shoot(LOOK_MS);
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp']) {
        await page.keyboard.press(key);
        await shoot((LOOK_MS * 2) / 3);
      }
      await page.keyboard.press('Enter');
      await activeTab(page, 'http-client.ts').waitFor();
      await shoot(END_MS);
      writeFileSync(join(ARTIFACTS, 'search.gif'), gifOf(frames));
    },
  },
];

/** Another file is open, and nothing else in sight. */
async function setScene(page: Page): Promise<void> {
  await untilIndexed(page);
  await openFile(page, 'src', 'cart.go');
  await page.keyboard.press('Control+b');
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
  await page.setViewportSize(SIZE);
  await page.mouse.move(SIZE.width / 2, SIZE.height - 2);
}
