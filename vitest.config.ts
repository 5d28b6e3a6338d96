import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Unit, golden, contract and command-line tests; the extension host and the window have runners of their own. */
export default defineConfig({
  // There is no such package outside an editor.
  resolve: { alias: { vscode: resolve(import.meta.dirname, 'test/extension/fake-vscode.ts') } },
  test: {
    include: ['test/**/*.test.ts'],
    // Workspaces that tests index hold test files of their own.
    exclude: ['test/fixtures/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], exclude: ['src/extension/**'], reporter: ['text-summary'] },
    reporters: ['default', './test/count-reporter.ts'],
  },
});
