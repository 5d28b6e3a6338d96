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
/** Long enough for an editor that was about to take the keys when a box came over it. */
const SETTLED_MS = 250;
/** Within it a box comes, or does not. */
const SHOWN_MS = 10_000;
const ATTEMPTS = 6;

/** Opens a box by its key. An editor in which a search has just ended may take the keys back once, and the box goes then. */
export async function openBox(page: Page, key: string, input: string): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    await page.keyboard.press(key);
    const box = page.locator(`.quick-input-widget:visible ${input}`).first();
    // It may have come and gone before anyone looked.
    await box.waitFor({ timeout: SHOWN_MS }).catch(() => undefined);
    await page.waitForTimeout(SETTLED_MS);
    if ((await page.locator('.quick-input-widget:visible input:focus').count()) > 0) return;
  }
  throw new Error(`${key}: the box does not keep the keys`);
}

/** By the palette. It does not refresh when an extension's commands arrive late, so it is opened again. */
export async function runCommand(page: Page, title: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await openBox(page, 'F1', 'input');
    await page.keyboard.type(title, { delay: 5 });
    try {
      await page.locator(ROW, { hasText: title }).first().waitFor({ timeout: 5000 });
      break;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await page.keyboard.press('Escape');
    }
  }
  await page.keyboard.press('Enter');
}
