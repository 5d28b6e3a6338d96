/**
 * Runs inside the extension host: mocha over the suite that `assignment.json` beside it names, counts into its file.
 * The file is the proof that the suite ran: a host that died reports success to the window.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as mochaModule from 'mocha';

const SUITES: Readonly<Record<string, () => Promise<unknown>>> = {
  folder: async () => {
    await import('./search.ts');
    await import('./views.ts');
    await import('./results.ts');
    await import('./index-actions.ts');
    await import('./editor.ts');
    await import('./agents.ts');
    await import('./activation.ts');
    await import('./indexing.ts');
    await import('./crash.ts');
  },
  keys: () => import('./keys.ts'),
  live: () => import('./live.ts'),
  'two-roots': () => import('./two-roots.ts'),
  states: () => import('./states.ts'),
  empty: () => import('./empty.ts'),
};

interface Assignment {
  readonly suite: string;
  readonly grep: string;
  readonly resultFile: string;
}

/** By its name: what `require` makes of mocha's default export differs between Node 22 and 24. */
const { Mocha } = mochaModule as unknown as { readonly Mocha: typeof mochaModule.default };

export async function run(): Promise<void> {
  const assignment = JSON.parse(readFileSync(join(__dirname, 'assignment.json'), 'utf8')) as Assignment;
  const mocha = new Mocha({
    ui: 'tdd',
    timeout: 60_000,
    grep: assignment.grep,
    reporter: 'spec',
    color: false,
  });
  mocha.suite.emit('pre-require', globalThis, 'kenning', mocha);
  const load = SUITES[assignment.suite];
  if (!load) throw new Error(`no suite ${assignment.suite}`);
  await load();
  const failures = await new Promise<string[]>((resolve) => {
    const failed: string[] = [];
    let passed = 0;
    // After each test: a suite that hangs has then told how far it came.
    const tell = (ended: boolean): void =>
      writeFileSync(assignment.resultFile, JSON.stringify({ ended, passed, failed }));
    const runner = mocha.run(() => {
      tell(true);
      resolve(failed);
    });
    runner.on('pass', () => passed++);
    runner.on('fail', (test, error) => failed.push(`${test.fullTitle()}\n${error.stack ?? error.message}`));
    runner.on('test end', () => tell(false));
  });
  if (failures.length > 0) throw new Error(`${failures.length} failed`);
}
