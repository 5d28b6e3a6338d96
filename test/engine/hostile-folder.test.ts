/** A folder of everything that goes wrong: each file is indexed, or left out for a stated reason, and the run ends. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { skipSentence } from '../../src/core/skip-sentences.ts';
import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/open.ts';
import { INSTALL_DIR } from './install.ts';
import { temporaryFolder } from './temporary.ts';

const FUNCTION = 'def water_the_garden(plants):\n    return [plant.drink() for plant in plants]\n';
const DEEP = 20_000;

/** Name → bytes, and whether its function is found. */
const FILES: Readonly<Record<string, readonly [content: string | Buffer, indexed: boolean]>> = {
  'plain.py': [FUNCTION, true],
  'bom.py': [`\ufeff${FUNCTION}`, true],
  'utf16le.py': [Buffer.from(`\ufeff${FUNCTION}`, 'utf16le'), true],
  'utf16be.py': [Buffer.from(`\ufeff${FUNCTION}`, 'utf16le').swap16(), true],
  'crlf.py': [FUNCTION.replaceAll('\n', '\r\n'), true],
  'invalid-utf8.py': [Buffer.concat([Buffer.from('# caf\xe9 \xff\xfe\n', 'latin1'), Buffer.from(FUNCTION)]), true],
  'name with "quotes"\nand a line end.py': [FUNCTION, true],
  'unclosed.js': ['function waterTheGarden() { if (1) { [ ( {{{{', true],
  'deep.c': [`int water_the_garden() { return ${'(\n'.repeat(DEEP)}1${')\n'.repeat(DEEP)}; }\n`, true],
  'deep.js': [`const water_the_garden = ${'[\n'.repeat(DEEP)}${']\n'.repeat(DEEP)};\n`, true],
  'large.py': [
    Array.from({ length: 24_000 }, (_, i) => FUNCTION.replace('garden', `garden_${i}`))
      .join('\n')
      .slice(0, 3_000_000),
    true,
  ],
  'one-line.js': [`function waterTheGarden(){${'a=b+c;d(e,f);'.repeat(20_000)}}`, false],
  'null.py': [Buffer.from('x = 1\u0000\u0001\u0002'), false],
  'empty.py': ['', false],
  '.env': ['WATER=1\n', false],
  id_rsa: ['-----BEGIN PRIVATE KEY-----\n', false],
};

test('everything in it has its answer', async () => {
  const folder = hostileFolder();
  const engine = await openEngine({ folder, storageDir: temporaryFolder(), installDir: INSTALL_DIR });
  const report = await engine.update();
  expect(report.cancelled).toBe(false);
  for (const [path, [, indexed]] of Object.entries(FILES)) {
    expect(await whyOf(engine, path), path).toMatch(indexed ? /^[1-9]\d* functions$/ : /^.+\.$/);
  }
  for (const path of ['fifo.py', 'loop/loop', 'self.py', 'outside.py', 'outside']) {
    expect(await whyOf(engine, path), path).toMatch(/^.+\.$/);
  }
  expect((await engine.search({ query: 'water the garden', limit: 5 })).results).toHaveLength(5);
  expect(await engine.update()).toMatchObject({ filesParsed: 0, embedded: 0 });
  await engine.close();
}, 120_000);

async function whyOf(engine: Engine, path: string): Promise<string> {
  const answer = await engine.why(path);
  return answer.indexed ? `${answer.functions} functions` : skipSentence(answer.path, answer.skip);
}

function hostileFolder(): string {
  const folder = temporaryFolder();
  const outside = temporaryFolder();
  writeFileSync(join(outside, 'secret.py'), FUNCTION.replace('garden', 'neighbour'));
  for (const [path, [content]] of Object.entries(FILES)) writeFileSync(join(folder, path), content);
  mkdirSync(join(folder, 'loop'));
  symlinkSync('..', join(folder, 'loop', 'loop'));
  symlinkSync('self.py', join(folder, 'self.py'));
  symlinkSync(join(outside, 'secret.py'), join(folder, 'outside.py'));
  symlinkSync(outside, join(folder, 'outside'));
  execFileSync('mkfifo', [join(folder, 'fifo.py')]);
  return folder;
}
