/** The soak for a moment: its answers, not its memory. `npm run soak` has both. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { INSTALL_DIR } from '../engine/install.ts';
import { temporaryFolder } from '../engine/temporary.ts';
import { installWithRefiner } from '../engine/tiny-refiner.ts';
import { soak } from './soak.ts';

test.each([
  ['', () => ({})],
  [' that is refined', () => ({ installDir: installWithRefiner(), quality: 'balanced' as const })],
])(
  'after edits, renames, removals and branch switches, the answers are those of a new index%s',
  async (_, engine) => {
    const report = await soak({
      dir: join(temporaryFolder(), 'soak'),
      sources: { languages: join(INSTALL_DIR, 'test', 'golden', 'sources') },
      seed: 2,
      engine: engine(),
      goesOn: (rounds) => rounds < 3,
    });
    expect(report).toMatchObject({ different: [], sound: true });
    expect(report.functions).toBeGreaterThan(100);
  },
  120_000,
);
