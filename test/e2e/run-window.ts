/**
 * `npm run test:window`: the packaged VSIX in a real VS Code in a real browser, driven by keys and clicks as a user
 * would. Screenshots land in `e2e-artifacts/`; `--keep-screenshots` takes the README's from there.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { ARTIFACTS, keepEvidence, launchBrowser } from './browser.ts';
import { startCodeServer } from './code-server.ts';
import { copyFixture } from './fixture.ts';
import { writeResult } from './results.ts';
import { setup } from './setup.ts';
import { listVsix } from './vsix.ts';
import { panelSteps } from './window/panel.ts';
import { sidebarSteps } from './window/sidebar.ts';
import type { Step } from './window/step.ts';
import { twoRootSteps } from './window/two-roots.ts';
import { vsixSteps } from './window/vsix.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const WAIT_MS = 60_000;

setup({ browser: true });
mkdirSync(ARTIFACTS, { recursive: true });
const vsix = packageVsix();
const totals = { passed: 0, failed: 0 };
await runSteps(vsixSteps(listVsix(vsix)), null);

const fixture = copyFixture();
const server = await startCodeServer({ vsix: [vsix] });
const browser = await launchBrowser();
try {
  await inWindow(fixture.folder, [...panelSteps, ...sidebarSteps]);
  await inWindow(fixture.twoRoots, twoRootSteps);
} finally {
  await browser.close();
  await server.stop();
  fixture.remove();
}
if (process.argv.includes('--keep-screenshots')) keepScreenshots();
writeResult('test-window', totals.passed, totals.failed);
process.exit(totals.failed > 0 ? 1 : 0);

/** For the README. */
function keepScreenshots(): void {
  for (const name of ['panel.png', 'sidebar.png']) {
    cpSync(join(ARTIFACTS, name), join(ROOT, 'media', 'screenshots', name));
  }
}

function packageVsix(): string {
  for (const old of globSync('kenning-*.vsix', { cwd: ROOT })) rmSync(join(ROOT, old));
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'package.mjs')], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return join(ROOT, globSync('kenning-*.vsix', { cwd: ROOT })[0]!);
}

async function inWindow(path: string, steps: readonly Step[]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(WAIT_MS);
  await page.goto(server.pageUrl(path));
  // On a busy machine the editor may read a workspace file too early and show no folder; it then needs a second look.
  const rows = page.locator('.explorer-folders-view .monaco-list-row').first();
  await rows.waitFor({ timeout: WAIT_MS / 3 }).catch(() => page.reload());
  await rows.waitFor();
  // Its icon comes after the workbench; before it no command is known.
  await page.locator('.activitybar a[aria-label="Kenning"]').waitFor();
  await runSteps(steps, page);
  await page.close();
}

/** A later step builds on an earlier one's screen, so the first failure ends the list. */
async function runSteps(steps: readonly Step[], page: Page | null): Promise<void> {
  for (const [index, { name, run }] of steps.entries()) {
    try {
      await run(page!);
      totals.passed++;
      process.stdout.write(`  ✓ ${name}\n`);
    } catch (error) {
      totals.failed += steps.length - index;
      process.stderr.write(`  ✗ ${name}\n${error instanceof Error ? error.stack : error}\n`);
      if (page) await keepEvidence('window-failed', page, server);
      return;
    }
  }
}
