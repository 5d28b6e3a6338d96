/** Who gets the keys when the panel goes: the editor after Escape, else whoever has taken them. The editor is a fake. */
import { expect, test, vi } from 'vitest';
import { Preview } from '../../../src/extension/panel/preview.ts';
import { Showing } from '../../../src/extension/panel/showing.ts';
import { window } from '../fake-vscode.ts';

const CASES = [
  { what: 'Escape', tellsEscape: true, isEscaped: true, focused: true, givesKeys: true },
  { what: 'another box, or a click beside it', tellsEscape: true, isEscaped: false, focused: true, givesKeys: false },
  { what: 'another program', tellsEscape: true, isEscaped: false, focused: false, givesKeys: true },
  { what: 'an editor that never tells', tellsEscape: false, isEscaped: false, focused: true, givesKeys: true },
];

test.each(CASES)('$what', async ({ tellsEscape, isEscaped, focused, givesKeys }) => {
  const restore = vi.spyOn(Preview.prototype, 'restore').mockResolvedValue();
  window.state = { focused };
  const showing = new Showing({ log: {} as never, tellsEscape });
  if (isEscaped) showing.noteEscape();
  await showing.leave();
  expect(restore).toHaveBeenLastCalledWith(givesKeys);
});
