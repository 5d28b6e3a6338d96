/** The soak for a moment: its answers, not its memory. `npm run soak` has both. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { INSTALL_DIR } from '../engine/install.ts';
import { temporaryFolder } from '../engine/temporary.ts';
import { soak } from './soak.ts';

test('after edits, renames, removals and branch switches, the answers are those of a new index', async () => {
  const report = await soak({
    dir: join(temporaryFolder(), 'soak'),
    sources: { languages: join(INSTALL_DIR, 'test', 'golden', 'sources') },
    seed: 2,
    goesOn: (rounds) => rounds < 3,
  });
  expect(report).toMatchObject({ different: [], sound: true });
  expect(report.functions).toBeGreaterThan(100);
}, 120_000);
