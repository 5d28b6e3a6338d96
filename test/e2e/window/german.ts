/** An editor whose display language is German: what Kenning says is German, in the manifest, the extension and the engine. */
import assert from 'node:assert/strict';
import { openBox } from '../browser.ts';
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

export const germanSteps: readonly Step[] = [
  {
    name: 'in German: the status bar and the panel, its groups and its reasons',
    run: async (page) => {
      await untilIndexed(page);
      assert.match((await statusItem(page).getAttribute('aria-label')) ?? '', /Funktionen indiziert/);
      await openPanel(page, 'Gesuchten Code');
      await type(page, 'turn text like 3 May 2021 into a date');
      await panelRows(page).first().filter({ hasText: 'parse_date' }).waitFor();
      await panelRows(page).first().filter({ hasText: 'Beste Treffer' }).waitFor();
      await screenshot(page, 'german-panel');
      await page.keyboard.press('Alt+i');
      await panelTitle(page, 'Warum parse_date').waitFor();
      await panelRows(page).first().filter({ hasText: 'Bewertung' }).waitFor();
      await page.keyboard.press('Alt+i');
      await page.keyboard.press('Alt+b');
    },
  },
  {
    name: 'in German: the side bar, what was left out, and the commands',
    run: async (page) => {
      await showSideBar(page);
      await page.locator('.sidebar .pane-header', { hasText: 'Ergebnisse' }).waitFor();
      await sideBarRows(page).filter({ hasText: 'Abdeckung' }).waitFor();
      await screenshot(page, 'german-sidebar');
      await openBox(page, 'F1', 'input');
      await page.keyboard.type('Kenning: Index neu', { delay: 5 });
      await panelRows(page).first().filter({ hasText: 'Kenning: Index neu erstellen' }).waitFor();
      await page.keyboard.press('Escape');
    },
  },
];
