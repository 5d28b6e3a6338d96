/**
 * Kenning uses no network: every process that it runs as, with the network denied and watched. What a user's own model of a
 * hub fetches is the one exception, tested in test/engine/named.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { bundleExtension, bundlePrograms } from '../../scripts/bundle.ts';
import { ServiceClient } from '../../src/service/client.ts';
import { WHOLE_FOLDER } from '../../src/service/update-request.ts';
import { COMMAND, kenning } from '../cli/command.ts';
import { call, connect } from '../cli/mcp/client.ts';
import { isNative, unpackedPackage } from '../cli/unpacked-package.ts';
import { INSTALL_DIR } from '../engine/install.ts';
import { TINY_NAMED } from '../engine/named/models.ts';
import { CART_GO, RETRY_TS } from '../engine/sample-sources.ts';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';

const WATCH = join(import.meta.dirname, 'watch.cjs');
const QUESTION = 'wait longer after each failed attempt';

let folder: string;
let storageDir: string;
let log: string;
/** As on a user's machine: no sign of a build server, where libraries may keep quiet. */
let env: Readonly<Record<string, string>>;

beforeEach(() => {
  folder = temporaryFolder();
  storageDir = temporaryFolder();
  log = join(storageDir, 'network.log');
  writeFileSync(log, '');
  writeFiles(folder, { 'src/retry.ts': RETRY_TS, 'shop/cart.go': CART_GO });
  env = { NODE_OPTIONS: `--require=${WATCH}`, KENNING_NETWORK_LOG: log, CI: '', ORT_DISABLE_TELEMETRY: '0' };
});

const logged = (): string[] => readFileSync(log, 'utf8').trimEnd().split('\n');

describe('the watch notices', () => {
  const LISTENING = `server = require('node:net').createServer();`;
  test.each([
    ["fetch('https://example.invalid/x')", 'attempt global.fetch https://example.invalid/x'],
    ["require('node:http').get('http://example.invalid/')", 'attempt http.get http://example.invalid/'],
    ["require('node:tls').connect({ host: 'example.invalid' })", 'attempt tls.connect example.invalid'],
    ["new (require('node:net').Socket)().connect(1)", 'attempt Socket.connect 1'],
    ["require('node:dns').promises.lookup('example.invalid')", 'attempt dns.promises.lookup example.invalid'],
    ["require('node:dgram').createSocket('udp4')", 'attempt dgram.createSocket udp4'],
    [`${LISTENING} server.listen(0)`, 'attempt Server.listen 0'],
    ["import('node:dns').then((dns) => dns.lookup('example.invalid'))", 'attempt dns.lookup example.invalid'],
  ])('%s', async (script, line) => {
    const child = spawn(process.execPath, ['-e', script], { env: { ...env }, stdio: 'ignore' });
    expect(await new Promise((resolve) => child.once('close', resolve))).not.toBe(0);
    expect(logged()).toContain(line);
  });

  test.runIf(process.platform === 'linux')('a socket that no JavaScript has opened', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { fd } = (server as unknown as { _handle: { fd: number } })._handle;
    const child = spawn(process.execPath, ['-e', ''], { env: { ...env }, stdio: ['ignore', 'ignore', 'ignore', fd] });
    await new Promise((resolve) => child.once('close', resolve));
    server.close();
    expect(logged()).toContainEqual(expect.stringMatching(/^socket \d+$/));
  });
});

const A_THREAD = 'watching a thread';

describe('nothing is attempted by', () => {
  test('the command line', async () => {
    const place = { cwd: folder, storageDir, env };
    // Both models are loaded.
    expect((await kenning(['index', '--quality', 'balanced'], place)).code).toBe(0);
    expect((await kenning(['search', '--quality', 'balanced', QUESTION], place)).stdout).toContain('retryWithBackoff');
    // The first one parses.
    expect(logged()).toEqual([`watching ${COMMAND}`, A_THREAD, `watching ${COMMAND}`]);
  });

  test('the command line of a package without native parts', async () => {
    const dir = await unpackedPackage(isNative);
    const command = join(dir, 'dist', 'kenning.mjs');
    const place = { cwd: folder, storageDir, env, command };
    expect((await kenning(['search', '--quality', 'balanced', QUESTION], place)).stdout).toContain('retryWithBackoff');
    expect((await kenning(['search', '--model', TINY_NAMED, QUESTION], place)).code).toBe(0);
    expect(logged()).toEqual([`watching ${command}`, A_THREAD, `watching ${command}`, A_THREAD]);
  });

  test('the background process', async () => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    // Its parent gives it no options of Node's.
    const workerPath = join(storageDir, 'watched-worker.mjs');
    const parts = [WATCH, join(INSTALL_DIR, 'dist', 'worker.mjs')];
    writeFileSync(workerPath, parts.map((file) => `import '${pathToFileURL(file).href}';\n`).join(''));
    const client = new ServiceClient({ workerPath, log: () => undefined });
    client.openFolder({ folder, storageDir, installDir: INSTALL_DIR, quality: 'balanced' });
    client.update(folder, WHOLE_FOLDER);
    await expect.poll(() => client.folders[0]?.status?.refined, { timeout: 20_000 }).toBe(2);
    expect((await client.search({ query: QUESTION, limit: 1 }))?.hits[0]?.name).toBe('retryWithBackoff');
    await client.stop();
    vi.unstubAllEnvs();
    expect(logged()).toEqual([`watching ${workerPath}`]);
  });

  test('the MCP server', async () => {
    const { client } = await connect({ cwd: folder, storageDir, env });
    expect((await call(client, 'search_code', { query: QUESTION })).text).toContain('retryWithBackoff');
    expect((await call(client, 'find_similar', { path: 'shop/cart.go', line: 4 })).isError).toBe(false);
    await call(client, 'index_status');
    await client.close();
    expect(logged()).toEqual([`watching ${COMMAND}`, A_THREAD]);
  });
});

const NETWORK = /^(?:node:)?(?:https?|http2|net|tls|dgram|dns|inspector|undici)(?:\/|$)/;

describe('what a bundle could use', () => {
  test("the extension's: nothing, its protocol's library without what is for sockets and pipes", async () => {
    const { metafile } = await bundleExtension({ write: false });
    const importing = Object.entries(metafile.inputs).flatMap(([file, { imports }]) =>
      imports.filter(({ path }) => NETWORK.test(path)).map(({ path }) => `${file}: ${path}`),
    );
    expect(importing).toEqual([]);
  });

  test("the MCP server's piece: nothing", async () => {
    const { metafile } = await bundlePrograms({ write: false });
    const [, piece] = Object.entries(metafile.outputs).find(([name]) => name.includes('/serve-mcp-'))!;
    expect(piece.imports.map(({ path }) => path).filter((path) => NETWORK.test(path))).toEqual([]);
  });
});
