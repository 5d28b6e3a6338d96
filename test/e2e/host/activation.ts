/** How long the start of the extension holds up its host, by the host's own marks; kept for the benchmark. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

interface Mark {
  readonly name: string;
  /** Milliseconds since the epoch, whole ones. */
  readonly startTime: number;
}

/** Where the editor keeps what "Developer: Startup Performance" shows. */
const { MonacoPerformanceMarks } = globalThis as typeof globalThis & {
  readonly MonacoPerformanceMarks?: { readonly getMarks: () => readonly Mark[] };
};

suite('activation', () => {
  test('is measured by the host: loading the code, and activate()', async () => {
    // Ours, or that which does nothing where the benchmark has it loaded instead.
    const extension = vscode.extensions.all.find(({ id }) => id.startsWith('kenning.'));
    await extension?.activate();
    const marks = MonacoPerformanceMarks?.getMarks() ?? [];
    const at = (name: string): number | undefined =>
      marks.find((mark) => mark.name === `code/extHost/${name}/${extension?.id}`)?.startTime;
    const between = (start: string, end: string): number => at(end)! - at(start)!;
    const loadMs = between('willLoadExtensionCode', 'didLoadExtensionCode');
    const activateMs = between('willActivateExtension', 'didActivateExtension');
    assert.ok(loadMs >= 0 && activateMs >= 0, JSON.stringify({ loadMs, activateMs }));
    writeFileSync(join(__dirname, '..', 'activation.json'), JSON.stringify({ loadMs, activateMs }));
  });
});
