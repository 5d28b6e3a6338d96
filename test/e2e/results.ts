/** Counts for `npm test`: one file per stage. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const RESULTS = resolve(import.meta.dirname, '../../out/results');

export function writeResult(stage: string, passed: number, failed: number): void {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${stage}.json`), `${JSON.stringify({ passed, failed })}\n`);
  process.stdout.write(`${stage}: ${passed} passed, ${failed} failed\n`);
}
