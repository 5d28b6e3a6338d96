/** The tiny embedding model, as a folder of its own for a test to spoil. */
import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../temporary.ts';

export const TINY_NAMED = resolve(import.meta.dirname, '../../fixtures/models/tiny-named');

/** `changes`: file → its new content, as JSON unless it is text. */
export function copyOfTiny(changes: Readonly<Record<string, unknown>> = {}): string {
  const dir = join(temporaryFolder(), 'tiny');
  cpSync(TINY_NAMED, dir, { recursive: true });
  for (const [file, content] of Object.entries(changes)) {
    writeFileSync(join(dir, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return dir;
}
