/** The engine is killed at moments all over an index's making; what is left opens, and ends as if nothing had happened. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { IndexReport } from '../../src/engine/api/work.ts';
import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/open.ts';
import { INSTALL_DIR } from './install.ts';
import { temporaryFolder } from './temporary.ts';

const MOMENTS = 4;
const QUESTIONS = ['split an identifier into words', 'which files does git ignore', 'write a batch in one transaction'];
/** Part of this repository: a few hundred functions, several batches. */
const FOLDER = join(INSTALL_DIR, 'src');

test(`killed at ${MOMENTS} moments, the index is taken up again and answers as one made in peace`, async () => {
  const peaceful = temporaryFolder();
  const startedAt = performance.now();
  await indexAndKill(peaceful, null);
  const wholeMs = performance.now() - startedAt;
  const expected = await finish(peaceful);
  expect(expected.report.embedded).toBe(0);

  const left: number[] = [];
  for (let moment = 1; moment <= MOMENTS; moment++) {
    const storageDir = temporaryFolder();
    await indexAndKill(storageDir, (wholeMs * moment) / (MOMENTS + 1));
    const { report, answers, functions } = await finish(storageDir);
    left.push(report.embedded);
    expect(functions, `moment ${moment}`).toBe(expected.functions);
    expect(answers, `moment ${moment}`).toEqual(expected.answers);
  }
  // Some moments fell into the work itself, and what was committed by then was not made again.
  expect(left.some((embedded) => embedded > 0)).toBe(true);
  expect(Math.min(...left)).toBeLessThan(expected.functions);
}, 180_000);

/** `afterMs`: when to kill it; null lets it end. */
async function indexAndKill(storageDir: string, afterMs: number | null): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'kill-child.ts'), FOLDER, storageDir], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  if (afterMs === null) {
    expect(await ended).toBeNull();
    return;
  }
  await Promise.race([setTimeout(afterMs), ended]);
  child.kill('SIGKILL');
  await ended;
}

async function finish(
  storageDir: string,
): Promise<{ report: IndexReport; functions: number; answers: readonly unknown[] }> {
  const engine = await openEngine({ folder: FOLDER, storageDir, installDir: INSTALL_DIR });
  // A killed writer holds no lock.
  const report = await engine.update();
  const answers = await Promise.all(QUESTIONS.map((query) => answerOf(engine, query)));
  const { functions, complete } = engine.status();
  expect(complete).toBe(true);
  await engine.close();
  return { report, functions, answers };
}

async function answerOf(engine: Engine, query: string): Promise<readonly unknown[]> {
  const { results } = await engine.search({ query, limit: 10 });
  return results.map(({ path, startLine, name, score }) => ({ path, startLine, name, score }));
}
