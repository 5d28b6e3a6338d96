/** A window with two folders on the screen. */
import { activeTab, assertCursor, openPanel, panelRows, type Step, screenshot, type, untilIndexed } from './step.ts';

export const twoRootSteps: readonly Step[] = [
  {
    name: 'two folders: hits name their folder, Enter opens the right file',
    run: async (page) => {
      // A key that is pressed while the window still starts is lost.
      await untilIndexed(page);
      await openPanel(page);
      await type(page, 'convert degrees celsius to fahrenheit');
      await panelRows(page).first().filter({ hasText: 'second/Thermometer.cs:6' }).waitFor();
      await screenshot(page, 'two-roots');
      await page.keyboard.press('Enter');
      await activeTab(page, 'Thermometer.cs').waitFor();
      await assertCursor(page, 'Ln 6, Col 1');
    },
  },
];
