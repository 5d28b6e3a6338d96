/** A headless Chromium that can reach this machine only, and the few gestures that every window test needs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { CodeServer } from './code-server.ts';
import { CHROMIUM } from './setup.ts';

export const ARTIFACTS = resolve(import.meta.dirname, '../../e2e-artifacts');

export function launchBrowser(): Promise<Browser> {
  const offline = '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1';
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', offline],
  });
}

/** For whoever has to find out why a run failed. */
export async function keepEvidence(name: string, page: Page | undefined, server: CodeServer): Promise<void> {
  mkdirSync(ARTIFACTS, { recursive: true });
  writeFileSync(join(ARTIFACTS, `${name}.log`), server.log());
  await page?.screenshot({ path: join(ARTIFACTS, `${name}.png`) }).catch(() => undefined);
}

const ROW = '.quick-input-list .monaco-list-row';

/** By the palette. It does not refresh when an extension's commands arrive late, so it is opened again. */
export async function runCommand(page: Page, title: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget:visible input').first().waitFor();
    await page.keyboard.type(title, { delay: 5 });
    try {
      await page.locator(ROW, { hasText: title }).first().waitFor({ timeout: 5000 });
      break;
    } catch (error) {
      if (attempt === 6) throw error;
      await page.keyboard.press('Escape');
    }
  }
  await page.keyboard.press('Enter');
}
