/** `kenning mcp` out of what the package holds and nothing more, as the editor starts it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RETRY_TS } from '../../engine/sample-sources.ts';
import { temporaryFolder, writeFiles } from '../../engine/temporary.ts';
import { unpackedPackage } from '../unpacked-package.ts';
import { call, connect } from './client.ts';

test('the package brings all that the MCP server needs', async () => {
  const [folder, storageDir] = [temporaryFolder(), temporaryFolder()];
  writeFiles(folder, { 'src/retry.ts': RETRY_TS });
  const command = join(await unpackedPackage(), 'dist', 'kenning.mjs');
  const env = { ELECTRON_RUN_AS_NODE: '1' };
  const { client, stderr } = await connect({ args: [folder], cwd: storageDir, storageDir, command, env });
  const { text } = await call(client, 'search_code', { query: 'wait longer after each failed attempt' });
  expect(text).toContain('1. src/retry.ts:2-4 retryWithBackoff (function');
  expect((await call(client, 'find_similar', { path: 'src/retry.ts', line: 3 })).isError).toBe(false);
  await client.close();
  expect(stderr()).toMatch(/^kenning mcp: .*: \d+ functions indexed\n$/);
});
