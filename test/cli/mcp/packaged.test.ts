/** `kenning mcp` out of what the package holds and nothing more, as the editor starts it. */
import { constants, copyFileSync, linkSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { expect, test } from 'vitest';
import { INSTALL_DIR } from '../../engine/install.ts';
import { RETRY_TS } from '../../engine/sample-sources.ts';
import { temporaryFolder, writeFiles } from '../../engine/temporary.ts';
import { call, connect } from './client.ts';

/** By `.vscodeignore`; without dependencies, as scripts/package.mjs packs. */
async function unpacked(): Promise<string> {
  const dir = temporaryFolder();
  for (const file of await listFiles({ cwd: INSTALL_DIR, packageManager: PackageManager.None })) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    place(join(INSTALL_DIR, file), join(dir, file));
  }
  return dir;
}

/** A hundred megabytes: linked where the file system can. */
function place(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
}

test('the package brings all that the MCP server needs', async () => {
  const [folder, storageDir] = [temporaryFolder(), temporaryFolder()];
  writeFiles(folder, { 'src/retry.ts': RETRY_TS });
  const command = join(await unpacked(), 'dist', 'kenning.mjs');
  const env = { ELECTRON_RUN_AS_NODE: '1' };
  const { client, stderr } = await connect({ args: [folder], cwd: storageDir, storageDir, command, env });
  const { text } = await call(client, 'search_code', { query: 'wait longer after each failed attempt' });
  expect(text).toContain('1. src/retry.ts:2-4 retryWithBackoff (function');
  expect((await call(client, 'find_similar', { path: 'src/retry.ts', line: 3 })).isError).toBe(false);
  await client.close();
  expect(stderr()).toMatch(/^kenning mcp: .*: \d+ functions indexed\n$/);
});
