/** Whatever an engine is asked while it closes, it is not taken for damage or for a write that failed. */
import { expect, test } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/open.ts';
import { INSTALL_DIR } from './install.ts';
import { temporaryFolder, writeFiles } from './temporary.ts';

const CODE = 'def parse_header(line):\n    """Parses one header line."""\n    return line.split(":")\n';

async function opened(functions = 1): Promise<{ engine: Engine; reopen: () => Promise<Engine> }> {
  const folder = temporaryFolder();
  const copies = Array.from({ length: functions }, (_, i) => CODE.replace('parse_header', `parse_header_${i}`));
  writeFiles(folder, { 'src/http.py': copies.join('\n') });
  const options = { folder, storageDir: temporaryFolder(), installDir: INSTALL_DIR };
  const engine = await openEngine(options);
  await engine.update();
  return { engine, reopen: () => openEngine(options) };
}

test('questions that are under way are answered, those that come later cancelled', async () => {
  const { engine } = await opened();
  const query = { query: 'parse "line.split"', limit: 10 };
  const asked = [engine.search(query), engine.similar({ code: CODE }), engine.why('src/http.py')];
  const closing = engine.close();
  const late = Promise.allSettled([
    engine.search(query),
    engine.similar({ code: CODE }),
    engine.why('src/http.py'),
    engine.verify(),
  ]);
  expect(await Promise.all(asked)).toMatchObject([
    { results: [{ name: 'parse_header_0' }] },
    { results: [{ name: 'parse_header_0' }] },
    { indexed: true, functions: 1 },
  ]);
  const codes = (await late).map((each) => each.status === 'rejected' && each.reason.code);
  expect(codes).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled']);
  await closing;
  await expect(engine.search(query)).rejects.toMatchObject({ code: 'cancelled' });
});

test('a check that is cut short finds nothing wrong, and leaves the index as it is', async () => {
  const { engine, reopen } = await opened(1200);
  const checking = engine.verify();
  const [checked] = await Promise.allSettled([checking, engine.close()]);
  expect(checked).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
  const again = await reopen();
  const { functions, complete, notices } = again.status();
  await again.close();
  expect({ functions, complete, notices }).toEqual({ functions: 1200, complete: true, notices: [] });
});
