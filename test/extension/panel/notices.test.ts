import { expect, test } from 'vitest';
import { noticesOf } from '../../../src/extension/panel/notices.ts';

test.each([
  [0, 'Nothing is indexed yet', 'Index it now'],
  [5, 'The index does not cover the whole folder', 'Index the rest now'],
])('an index that is not complete, with %i functions: “%s”, “%s”', (functions, label, detail) => {
  const notices = noticesOf({ kind: 'partial', functions, error: null });
  expect(notices).toMatchObject([{ label, detail, command: 'kenning.updateIndex' }]);
});
