/**
 * `npm test`: every check there is, one stage after the other, and a count at the end.
 * A stage that counts tests writes `out/results/<stage>.json` as {"passed": n, "failed": n}; one that must count and
 * wrote nothing has failed. All stages run even when one fails, so that one run tells everything.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

const RESULTS = 'out/results';
const STAGES = [
  { name: 'lint', counts: false },
  { name: 'types', counts: false },
  { name: 'build', counts: false },
  { name: 'unit', counts: true },
  { name: 'test:host', counts: true },
  { name: 'test:oldest', counts: true },
  { name: 'test:window', counts: true },
  { name: 'test:training', counts: true },
];

const only = process.argv.slice(2);
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
const totals = { passed: 0, failed: 0 };
for (const stage of STAGES.filter(({ name }) => only.length === 0 || only.includes(name))) runStage(stage);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 ? 1 : 0;

function runStage({ name, counts }) {
  console.log(`\n── ${name}`);
  const startedAt = Date.now();
  const { status } = spawnSync('npm', ['run', '--silent', name], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const result = counts ? readResult(name) : { passed: status === 0 ? 1 : 0, failed: 0 };
  // An exit code that the counts do not explain is a failure of its own.
  if (status !== 0 && result.failed === 0) result.failed = 1;
  totals.passed += result.passed;
  totals.failed += result.failed;
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
  console.log(`── ${name}: ${result.passed} passed, ${result.failed} failed, ${seconds} s`);
}

function readResult(name) {
  const file = `${RESULTS}/${name.replace(':', '-')}.json`;
  if (!existsSync(file)) {
    console.error(`${name} left no ${file}: it did not run to its end.`);
    return { passed: 0, failed: 1 };
  }
  const { passed, failed } = JSON.parse(readFileSync(file, 'utf8'));
  return passed + failed > 0 ? { passed, failed } : { passed: 0, failed: 1 };
}
