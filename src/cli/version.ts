/** Which Kenning this is, by the manifest that it ships with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function versionOf(installDir: string): string {
  const { version } = JSON.parse(readFileSync(join(installDir, 'package.json'), 'utf8')) as { version: string };
  return version;
}
