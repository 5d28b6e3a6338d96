/** The universal package in a window: without native parts, a folder is indexed, searched, and the best hit is landed on. */
import assert from 'node:assert/strict';
import {
  activeTab,
  openPanel,
  panelRows,
  type Step,
  screenshot,
  showSideBar,
  sideBarRows,
  type,
  untilIndexed,
} from './step.ts';

export const universalSteps: readonly Step[] = [
  {
    name: 'universal: a folder is indexed without native parts, and a description leads to the function',
    run: async (page) => {
      await untilIndexed(page);
      await openPanel(page);
      await type(page, 'send a file to the server');
      await panelRows(page).first().filter({ hasText: 'HttpClient.uploadFile' }).waitFor();
      await screenshot(page, 'universal');
      await page.keyboard.press('Enter');
      await activeTab(page, 'http-client.ts').waitFor();
    },
  },
  {
    name: 'universal: nothing is amiss, and nothing is said to be',
    run: async (page) => {
      await showSideBar(page);
      const model = sideBarRows(page).filter({ hasText: 'Model' }).first();
      await model.waitFor();
      assert.match((await model.textContent()) ?? '', /kenning-s1/);
      assert.equal(await sideBarRows(page).filter({ hasText: 'Note' }).count(), 0);
    },
  },
];
