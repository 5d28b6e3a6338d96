/**
 * The checks of `training/`: a virtual environment beside the user's other caches, then ruff, mypy and pytest.
 * PyTorch is the large part of it; `KENNING_VENV` names an environment that has it already.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const RESULT = 'out/results/test-training.json';
const venv =
  process.env.KENNING_VENV ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kenning', 'venv');
const python = join(venv, 'bin', 'python');

if (!existsSync(python)) run('python3', ['-m', 'venv', venv]);
run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-e', 'training[test,lint]']);
const checks = [
  run(python, ['-m', 'ruff', 'check', '--quiet', 'training'], { allowFailure: true }),
  run(python, ['-m', 'mypy'], { allowFailure: true, cwd: 'training' }),
].map(({ status }) => status === 0);
const { status, stdout } = run(python, ['-m', 'pytest', '-q', 'training/tests'], { allowFailure: true });
const count = (word) => Number(stdout.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
mkdirSync('out/results', { recursive: true });
// A test that was skipped did not pass.
const passed = count('passed') + checks.filter((isClean) => isClean).length;
const failed = count('failed') + count('errors?') + count('skipped') + checks.filter((isClean) => !isClean).length;
writeFileSync(RESULT, JSON.stringify({ passed, failed }));
process.exitCode = status === 0 && failed === 0 ? 0 : 1;

function run(command, args, { allowFailure = false, cwd = '.' } = {}) {
  const result = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  });
  if (result.stdout) process.stdout.write(result.stdout);
  if (result.error) throw result.error;
  if (result.status !== 0 && !allowFailure) process.exit(result.status ?? 1);
  return result;
}
