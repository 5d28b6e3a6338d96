/** A window with two folders on the screen. */
import { writeFolders } from '../fixture.ts';
import {
  activeTab,
  assertCursor,
  openPanel,
  panelRows,
  panelTitle,
  type Step,
  screenshot,
  showSideBar,
  sideBarRows,
  type,
  untilIndexed,
} from './step.ts';

const QUESTION = 'convert degrees celsius to fahrenheit';
const HIT = 'second/Thermometer.cs:6';

export const twoRootSteps = (workspaceFile: string): readonly Step[] => [
  {
    name: 'two folders: hits name their folder, Enter opens the right file',
    run: async (page) => {
      // A key that is pressed while the window still starts is lost.
      await untilIndexed(page);
      await openPanel(page);
      await type(page, QUESTION);
      await panelRows(page).first().filter({ hasText: HIT }).waitFor();
      await screenshot(page, 'two-roots');
      await page.keyboard.press('Enter');
      await activeTab(page, 'Thermometer.cs').waitFor();
      await assertCursor(page, 'Ln 6, Col 1');
    },
  },
  {
    name: 'a key narrows the search to the current file, then to its folder, and widens it again',
    run: async (page) => {
      await openPanel(page);
      await type(page, 'turn text like 3 May 2021 into a date');
      await panelRows(page).first().filter({ hasText: 'workspace/src/dates.py:8' }).waitFor();
      await page.keyboard.press('Alt+o');
      await panelTitle(page, 'only in Thermometer.cs').waitFor();
      await page.keyboard.press('Alt+o');
      await panelTitle(page, 'only in second').waitFor();
      await panelRows(page).first().filter({ hasText: 'second/' }).waitFor();
      await screenshot(page, 'two-roots-one');
      await page.keyboard.press('Alt+o');
      await panelRows(page).first().filter({ hasText: 'workspace/src/dates.py:8' }).waitFor();
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'a folder that leaves the workspace leaves the index view and the hits; back again, it is found again',
    run: async (page) => {
      await showSideBar(page);
      const second = sideBarRows(page).filter({ hasText: 'secondup to date' });
      await second.waitFor();
      await screenshot(page, 'two-roots-index');
      writeFolders(workspaceFile, ['workspace']);
      await second.waitFor({ state: 'detached' });
      await openPanel(page);
      await type(page, QUESTION);
      await panelRows(page).filter({ hasText: 'src/' }).first().waitFor();
      await panelRows(page).filter({ hasText: 'Thermometer.cs' }).waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      writeFolders(workspaceFile, ['workspace', 'second']);
      await second.waitFor();
      await openPanel(page);
      await type(page, QUESTION);
      await panelRows(page).first().filter({ hasText: HIT }).waitFor();
      await page.keyboard.press('Escape');
    },
  },
];
