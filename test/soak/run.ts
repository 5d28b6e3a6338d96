/**
 * `npm run soak [-- --minutes N] [-- --seed N] [-- --quality balanced]`: 30 minutes of work in a folder of two thousand
 * functions. Ends with 1 when answers differ from those of a new index, or memory grew by more than a tenth from the end of
 * the first third to the end.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { INSTALL_DIR } from '../engine/install.ts';
import { growthMbPerHour, type Sample, soak } from './soak.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' }, quality: { type: 'string' } },
});
const minutes = Number(values.minutes ?? 30);
const endsAt = performance.now() + minutes * 60_000;

const report = await soak({
  dir: mkdtempSync(join(tmpdir(), 'kenning-soak-')),
  sources: {
    lib: join(INSTALL_DIR, 'src'),
    languages: join(INSTALL_DIR, 'test', 'golden', 'sources'),
    training: join(INSTALL_DIR, 'training', 'kenning_training'),
  },
  seed: Number(values.seed ?? 1),
  engine: { quality: values.quality === 'balanced' ? 'balanced' : 'fast' },
  goesOn: () => performance.now() < endsAt,
  onRound: (sample) => console.log(JSON.stringify(sample)),
});

const MOST_GROWTH = 0.1;
const settled = report.samples.slice(Math.floor(report.samples.length / 3));
const median = (some: readonly Sample[]): number =>
  some.map(({ rssMb }) => rssMb).sort((a, b) => a - b)[some.length >> 1]!;
const [before, after] = [median(settled.slice(0, 10)), median(settled.slice(-10))];
console.log(`${report.steps} changes, ${report.questions} questions, ${report.functions} functions in the end`);
console.log(`memory: ${before} MB after a third of the time, ${after} MB in the end; after that third, MB an hour:`);
for (const figure of ['rssMb', 'heapMb', 'buffersMb', 'diskMb'] as const)
  console.log(`  ${figure}: ${growthMbPerHour(settled, figure).toFixed(1)}`);
console.log(`sound: ${report.sound}; answers that differ from a new index's: ${report.different.join('; ') || 'none'}`);
const isWell = report.sound && report.different.length === 0 && after <= before * (1 + MOST_GROWTH);
process.exitCode = isWell ? 0 : 1;
