/** What Kenning shows in a light, a dark and a high-contrast theme: pictures for review, and what can be told without eyes. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { runCommand } from '../browser.ts';
import type { CodeServer } from '../code-server.ts';
import {
  activeTab,
  assertCursor,
  closePanel,
  openPanel,
  panelRows,
  type Step,
  screenshot,
  showSideBar,
  sideBarRows,
  type,
  untilIndexed,
} from './step.ts';

const THEMES = [
  { name: 'dark', label: 'Default Dark Modern', workbench: 'vs-dark' },
  { name: 'light', label: 'Default Light Modern', workbench: 'vs' },
  { name: 'contrast', label: 'Default High Contrast', workbench: 'hc-black' },
] as const;
const TOUR = 'Find Code by What It Does';
const TOUR_STEPS = ['Search by meaning', 'Narrow it down', 'Work through the results', 'See what is indexed'];

const POLL_MS = 50;
const POLLS = 400;
const GROUND = `(() => {
  const ground = document.querySelector('svg > rect');
  return ground && getComputedStyle(ground).fill;
})()`;

export const themeSteps = (server: CodeServer): readonly Step[] => {
  const colours: string[] = [];
  return THEMES.map(({ name, label, workbench }) => ({
    name: `${label}: the panel, the side bar and the pictures of the walkthrough follow it`,
    run: async (page) => {
      server.changeSettings({ 'workbench.colorTheme': label });
      await page.reload();
      await page.locator(`.monaco-workbench.${workbench}`).waitFor();
      await untilIndexed(page);
      await showPanel(page, name);
      await showTrees(page, name);
      const colour = await showWalkthrough(page, name);
      assert.ok(!colours.includes(colour), `${label} draws in ${colour}, as ${colours} before`);
      colours.push(colour);
    },
  }));
};

async function showPanel(page: Page, theme: string): Promise<void> {
  await openPanel(page);
  await type(page, 'wait longer after each failure -tests');
  await panelRows(page).first().filter({ hasText: 'retryWithBackoff' }).waitFor();
  await activeTab(page, 'http-client.ts').waitFor();
  await screenshot(page, `theme-${theme}-panel`);
  await closePanel(page, 'Enter');
  await assertCursor(page, 'Ln 7, Col 1');
}

async function showTrees(page: Page, theme: string): Promise<void> {
  await showSideBar(page);
  await sideBarRows(page).filter({ hasText: 'retryWithBackoff' }).first().waitFor();
  await sideBarRows(page).filter({ hasText: 'up to date' }).waitFor();
  await screenshot(page, `theme-${theme}-sidebar`);
  // Beside it the walkthrough would show no pictures.
  await page.keyboard.press('Control+b');
}

/** Returns the colour that the last picture is painted on. */
async function showWalkthrough(page: Page, theme: string): Promise<string> {
  await runCommand(page, 'Welcome: Open Walkthrough');
  await panelRows(page).first().waitFor();
  await page.keyboard.type(TOUR);
  await panelRows(page).first().filter({ hasText: TOUR }).waitFor();
  await page.keyboard.press('Enter');
  await activeTab(page, 'Welcome').waitFor();
  for (const [index, step] of TOUR_STEPS.entries()) {
    await page.locator('.getting-started-step .step-title', { hasText: step }).click();
    await page.locator('.getting-started-step.expanded', { hasText: step }).waitFor();
    await pictureColour(page);
    await screenshot(page, `theme-${theme}-walkthrough-${index + 1}`);
  }
  return pictureColour(page);
}

/** Of the frame's ground. The picture lies in a page of its own within the editor's. */
async function pictureColour(page: Page): Promise<string> {
  for (let left = POLLS; left > 0; left--) {
    for (const frame of page.frames().slice(1)) {
      const colour = await frame.evaluate<string | null>(GROUND).catch(() => null);
      if (colour) return colour;
    }
    await page.waitForTimeout(POLL_MS);
  }
  throw new Error('the walkthrough shows no picture');
}
