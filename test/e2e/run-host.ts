/**
 * `npm run test:host`: the extension's own tests inside a real extension host, one window after the other; with
 * `--oldest` (`npm run test:oldest`) in the oldest VS Code that the manifest allows.
 * A window's suite counts only when it has written its result file.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { keepEvidence, launchBrowser } from './browser.ts';
import { type CodeServer, startCodeServer } from './code-server.ts';
import { copyFixture, type Fixture } from './fixture.ts';
import { writeResult } from './results.ts';
import { IS_OLDEST, setup } from './setup.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const TESTS = join(ROOT, 'out', 'host', 'index.cjs');
/** Beside the bundle: an older VS Code passes no environment on. */
const ASSIGNMENT = join(ROOT, 'out', 'host', 'assignment.json');
/** Where the suite asks for a key to be pressed. */
const KEY = join(ROOT, 'out', 'host', 'key.json');
const KEY_POLL_MS = 30;
const SUITE_LIMIT_MS = 240_000;

interface SuiteResult {
  /** False while tests are still to come. */
  readonly ended: boolean;
  readonly passed: number;
  readonly failed: readonly string[];
}

setup({ browser: true });
await bundleTests();
const server = await startCodeServer({});
const browser = await launchBrowser();
const windows: readonly { suite: string; pathIn: (fixture: Fixture) => string | null }[] = [
  { suite: 'folder', pathIn: ({ folder }) => folder },
  { suite: 'keys', pathIn: ({ folder }) => folder },
  { suite: 'live', pathIn: ({ folder }) => folder },
  { suite: 'two-roots', pathIn: ({ twoRoots }) => twoRoots },
  { suite: 'states', pathIn: ({ twoRoots }) => twoRoots },
  { suite: 'empty', pathIn: () => null },
];
const only = process.argv.slice(2).filter((argument) => argument !== '--oldest');
const totals = { passed: 0, failed: 0 };
try {
  for (const { suite, pathIn } of windows.filter((window) => only.length === 0 || only.includes(window.suite))) {
    // A copy for each: the window before may not have let go of its index yet.
    const fixture = copyFixture();
    const { passed, failed } = await runSuite(server, browser, suite, pathIn(fixture));
    fixture.remove();
    totals.passed += passed;
    totals.failed += failed.length;
    for (const failure of failed) process.stderr.write(`\n${suite}: ${failure}\n`);
  }
} finally {
  await browser.close();
  await server.stop();
}
writeResult(IS_OLDEST ? 'test-oldest' : 'test-host', totals.passed, totals.failed);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);

async function bundleTests(): Promise<void> {
  await build({
    entryPoints: [join(ROOT, 'test/e2e/host/index.ts')],
    outfile: TESTS,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

async function runSuite(
  vscode: CodeServer,
  chromium: Browser,
  suite: string,
  path: string | null,
): Promise<SuiteResult> {
  const dir = mkdtempSync(join(tmpdir(), 'kenning-result-'));
  const resultFile = join(dir, 'result.json');
  const page = await chromium.newPage();
  try {
    rmSync(KEY, { force: true });
    writeFileSync(ASSIGNMENT, JSON.stringify({ suite, resultFile, grep: process.env.KENNING_GREP ?? '' }));
    await openWindow(page, vscode, path);
    const result = readResult(resultFile);
    if (result.failed.length > 0) await keepEvidence(`${IS_OLDEST ? 'oldest' : 'host'}-${suite}`, page, vscode);
    process.stdout.write(`${suite}: ${result.passed} passed, ${result.failed.length} failed\n`);
    return result;
  } catch (error) {
    await keepEvidence(`${IS_OLDEST ? 'oldest' : 'host'}-${suite}`, page, vscode);
    return { ended: false, passed: 0, failed: [String(error)] };
  } finally {
    await page.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function readResult(file: string): SuiteResult {
  const told = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SuiteResult) : null;
  if (told?.ended) return told;
  const failed = [...(told?.failed ?? []), 'the extension host ended or hung before the suite did'];
  return { ended: false, passed: told?.passed ?? 0, failed };
}

/** Resolves when the workbench says that the suite has ended, or when it has had its time. */
async function openWindow(page: Page, vscode: CodeServer, path: string | null): Promise<void> {
  const ended = Promise.withResolvers<void>();
  await page.exposeFunction('codeAutomationExit', () => ended.resolve());
  await page.exposeFunction('codeAutomationLog', () => undefined);
  const extension = process.env.KENNING_EXTENSION_DIR ?? ROOT;
  await page.goto(
    vscode.pageUrl(path, [
      ['extensionDevelopmentPath', vscode.remote(extension)],
      ['extensionTestsPath', vscode.remote(TESTS)],
      ['skipWelcome', 'true'],
    ]),
  );
  const limit = setTimeout(() => ended.resolve(), SUITE_LIMIT_MS);
  let isOver = false;
  const over = ended.promise.then(() => {
    isOver = true;
  });
  while (!isOver) await Promise.race([over, pressAsked(page).then(() => sleep(KEY_POLL_MS))]);
  clearTimeout(limit);
}

/** The file goes once the key is pressed, which the suite waits for. */
async function pressAsked(page: Page): Promise<void> {
  if (!existsSync(KEY)) return;
  const { key } = JSON.parse(readFileSync(KEY, 'utf8')) as { key: string };
  await page.keyboard.press(key);
  rmSync(KEY);
}
