/**
 * Runs inside the extension host: mocha over the suite that `KENNING_SUITE` names, counts into `KENNING_RESULT_FILE`.
 * The file is the proof that the suite ran: a host that died reports success to the window.
 */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const SUITES: Readonly<Record<string, () => Promise<unknown>>> = {
  folder: async () => {
    await import('./search.ts');
    await import('./views.ts');
    await import('./indexing.ts');
    await import('./crash.ts');
  },
  'two-roots': () => import('./two-roots.ts'),
  empty: () => import('./empty.ts'),
};

export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'tdd',
    timeout: 60_000,
    grep: process.env.KENNING_GREP ?? '',
    reporter: 'spec',
    color: false,
  });
  mocha.suite.emit('pre-require', globalThis, 'kenning', mocha);
  const load = SUITES[process.env.KENNING_SUITE ?? ''];
  if (!load) throw new Error(`no suite ${process.env.KENNING_SUITE}`);
  await load();
  const failures = await new Promise<string[]>((resolve) => {
    const failed: string[] = [];
    let passed = 0;
    // After each test: a suite that hangs has then told how far it came.
    const tell = (ended: boolean): void =>
      writeFileSync(process.env.KENNING_RESULT_FILE!, JSON.stringify({ ended, passed, failed }));
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
