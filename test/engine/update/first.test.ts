/** The files that the user is at come into the index before the others. */
import { expect, onTestFinished, test } from 'vitest';
import type { Engine } from '../../../src/engine/api.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { INSTALL_DIR } from '../install.ts';
import { filesAreOld, temporaryFolder, writeFiles } from '../temporary.ts';

const MOOR = 'def moor_ship(ship, berth):\n    """Ties a ship to its berth in the harbour."""\n    berth.tie(ship)\n';
const OTHERS = Object.fromEntries(
  Array.from({ length: 300 }, (_, i) => [`a/part${i}.py`, `def part_${i}():\n    return ${i}\n`]),
);

async function openedOn(files: Readonly<Record<string, string>>): Promise<Engine> {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const engine = await openEngine({ folder, storageDir: temporaryFolder(), installDir: INSTALL_DIR });
  onTestFinished(() => engine.close());
  return engine;
}

test('a search after the first batch finds the current file, and nothing else is there yet', async () => {
  const engine = await openedOn({ ...OTHERS, 'z/port.py': MOOR, 'z/other.py': 'def other():\n    return 1\n' });
  const batches: { files: number; found: string | undefined; complete: boolean }[] = [];
  const gate = async (): Promise<void> => {
    const { results } = await engine.search({ query: 'tie a ship to its berth', limit: 1 });
    const { files, complete } = engine.status();
    batches.push({ files, found: results[0]?.path, complete });
  };
  const report = await engine.update({ first: ['z/port.py', 'z/none.py', '.env'], gate });
  expect(batches[0]).toEqual({ files: 1, found: 'z/port.py', complete: false });
  expect(batches.length).toBeGreaterThan(1);
  expect(report).toMatchObject({ files: 302, filesParsed: 302, embedded: report.functions });
  expect(engine.status().complete).toBe(true);
});

test('what is first but has not changed costs nothing', async () => {
  const engine = await openedOn({ 'z/port.py': MOOR });
  await filesAreOld();
  await engine.update();
  const { generation } = engine.status();
  expect(await engine.update({ first: ['z/port.py'] })).toMatchObject({ filesParsed: 0, embedded: 0 });
  expect(engine.status().generation).toBe(generation);
});

test('a cancelled update has indexed the current file', async () => {
  const engine = await openedOn({ ...OTHERS, 'z/port.py': MOOR });
  const cancel = new AbortController();
  const report = await engine.update({
    first: ['z/port.py'],
    signal: cancel.signal,
    gate: async () => cancel.abort(),
  });
  expect(report).toMatchObject({ files: 1, cancelled: true });
});
