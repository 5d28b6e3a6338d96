/**
 * `npm run test:window`: the packaged VSIX, in one window the universal one, in a real VS Code in a real browser, driven by keys and clicks as a user
 * would. Names of windows on the command line choose among them. Screenshots land in `e2e-artifacts/`;
 * `--keep-screenshots` makes the README's pictures as well.
 */
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { HERE } from '../../scripts/targets.mjs';
import { ARTIFACTS, keepEvidence, launchBrowser } from './browser.ts';
import { type CodeServer, type CodeServerOptions, startCodeServer } from './code-server.ts';
import { copyFixture } from './fixture.ts';
import { keepReadmePictures } from './pictures/readme.ts';
import { writeResult } from './results.ts';
import { setup } from './setup.ts';
import { listVsix } from './vsix.ts';
import type { Step } from './window/step.ts';
import { vsixSteps } from './window/vsix.ts';
import { FILM_WINDOW, TEST_WINDOWS, type TestWindow } from './window/windows.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const WAIT_MS = 60_000;
const UNIVERSAL = 'universal';

const { values: options, positionals: only } = parseArgs({
  options: { 'keep-screenshots': { type: 'boolean', default: false } },
  allowPositionals: true,
});
setup({ browser: true });
mkdirSync(ARTIFACTS, { recursive: true });
const [vsix, universal] = packageBoth();
const totals = { passed: 0, failed: 0 };
await runSteps('vsix', vsixSteps(HERE, listVsix(vsix)), null);
await runSteps('vsix', vsixSteps(UNIVERSAL, listVsix(universal)), null);

const all = options['keep-screenshots'] ? [FILM_WINDOW, ...TEST_WINDOWS] : TEST_WINDOWS;
const chosen = all.filter(({ name }) => only.length === 0 || only.includes(name));
const fixture = copyFixture();
const browser = await launchBrowser();
try {
  const keyOf = ({ server = {}, isUniversal = false }: TestWindow): string => JSON.stringify([server, isUniversal]);
  for (const windows of Map.groupBy(chosen, keyOf).values()) {
    const [{ server, isUniversal }] = windows as [TestWindow];
    await inServer(windows, { ...server, vsix: [isUniversal ? universal : vsix] });
  }
} finally {
  await browser.close();
  fixture.remove();
}
if (options['keep-screenshots'] && totals.failed === 0) keepReadmePictures();
writeResult('test-window', totals.passed, totals.failed);
process.exit(totals.failed > 0 ? 1 : 0);

/** This machine's package and the universal one. */
function packageBoth(): [string, string] {
  for (const old of globSync('kenning-*.vsix', { cwd: ROOT })) rmSync(join(ROOT, old));
  const targets = [HERE, UNIVERSAL];
  const args = targets.flatMap((target) => ['--target', target]);
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'package.mjs'), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return targets.map((target) => join(ROOT, globSync(`kenning-${target}-*.vsix`, { cwd: ROOT })[0]!)) as [
    string,
    string,
  ];
}

async function inServer(windows: readonly TestWindow[], options: CodeServerOptions): Promise<void> {
  const server = await startCodeServer(options);
  try {
    for (const window of windows) await inWindow(server, window);
  } finally {
    await server.stop();
  }
}

async function inWindow(server: CodeServer, { name, prepare, steps }: TestWindow): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(WAIT_MS);
  try {
    await openFolder(page, server.pageUrl(prepare(fixture)));
    await runSteps(name, steps(server, fixture), { page, server });
  } catch (error) {
    totals.failed++;
    process.stderr.write(`  ✗ the window “${name}” did not open\n${error}\n`);
    await keepEvidence(`window-${name}`, page, server);
  } finally {
    await page.close();
  }
}

async function openFolder(page: Page, url: string): Promise<void> {
  await page.goto(url);
  // On a busy machine the editor may read a workspace file too early and show no folder; it then needs a second look.
  const rows = page.locator('.explorer-folders-view .monaco-list-row').first();
  await rows.waitFor({ timeout: WAIT_MS / 3 }).catch(() => page.reload());
  await rows.waitFor();
  // Its icon comes after the workbench; before it no command is known.
  await page.locator('.activitybar a[aria-label^="Kenning"]').waitFor();
}

/** A later step builds on an earlier one's screen, so the first failure ends the list. */
async function runSteps(
  window: string,
  steps: readonly Step[],
  scene: { readonly page: Page; readonly server: CodeServer } | null,
): Promise<void> {
  for (const [index, { name, run }] of steps.entries()) {
    const startMs = Date.now();
    try {
      await run(scene?.page as Page);
      totals.passed++;
      process.stdout.write(`  ✓ ${name} (${((Date.now() - startMs) / 1000).toFixed(1)} s)\n`);
    } catch (error) {
      totals.failed += steps.length - index;
      process.stderr.write(`  ✗ ${name}\n${error instanceof Error ? error.stack : error}\n`);
      if (scene) await keepEvidence(`window-${window}`, scene.page, scene.server);
      return;
    }
  }
}
