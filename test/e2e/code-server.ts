/** Starts a real VS Code (code-server) on 127.0.0.1 in a throw-away profile, and ends it with all its children. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CODE_SERVER, NODE } from './setup.ts';

/** Quiet, offline, and nothing between a test and the editor. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'files.simpleDialog.enable': true,
};

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 3000;

export interface CodeServerOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Packages to install first. */
  readonly vsix?: readonly string[];
  /** Kept from one start to the next; absent: a new one, removed at the end. */
  readonly profileDir?: string;
}

export interface CodeServer {
  readonly dir: string;
  /** Of a folder or a `.code-workspace`; `payload` is what the workbench takes from a test runner. */
  pageUrl(path: string | null, payload?: readonly (readonly [string, string])[]): string;
  /** A path as the workbench's remote URI. */
  remote(path: string): string;
  log(): string;
  stop(): Promise<void>;
}

export async function startCodeServer({
  settings = {},
  vsix = [],
  profileDir,
}: CodeServerOptions): Promise<CodeServer> {
  const dir = profileDir ?? mkdtempSync(join(tmpdir(), 'kenning-vscode-'));
  const common = makeProfile(dir, { ...SETTINGS, ...settings });
  const fullEnv = environment(dir);
  for (const file of vsix) {
    const args = [...common, '--install-extension', resolve(file), '--force'];
    execFileSync(NODE, args, { env: fullEnv, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const port = await freePort();
  const logFile = join(dir, 'server.log');
  const log = (): string => readFileSync(logFile, 'utf8');
  const server = spawn(NODE, [...common, ...serverArgs(port)], {
    env: fullEnv,
    stdio: ['ignore', openSync(logFile, 'w'), openSync(logFile, 'a')],
    // Its own process group: a signal to the server alone can leave extension hosts behind.
    detached: true,
  });
  const killAll = (): void => killGroup(server);
  process.once('exit', killAll);
  await untilHealthy(server, port, log);
  return {
    dir,
    pageUrl: (path, payload) => pageUrl(port, path, payload),
    remote: (path) => `vscode-remote://127.0.0.1:${port}${resolve(path)}`,
    log,
    async stop() {
      await stopServer(server);
      process.removeListener('exit', killAll);
      if (!profileDir) rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
    },
  };
}

function makeProfile(dir: string, settings: object): readonly string[] {
  const userData = join(dir, 'user-data');
  const extensions = join(dir, 'extensions');
  for (const folder of [join(userData, 'User'), extensions, join(dir, 'home')]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(userData, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
  const config = join(dir, 'config.yaml');
  writeFileSync(config, 'auth: none\n');
  return [CODE_SERVER, '--config', config, '--user-data-dir', userData, '--extensions-dir', extensions];
}

function environment(dir: string): NodeJS.ProcessEnv {
  const home = join(dir, 'home');
  return {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local'),
    XDG_RUNTIME_DIR: dir,
    // Else it asks a public gallery.
    EXTENSIONS_GALLERY: '{}',
    PATH: `${dirname(NODE)}:${process.env.PATH}`,
  };
}

function serverArgs(port: number): readonly string[] {
  return [
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check'],
    ...['--disable-workspace-trust', '--disable-getting-started-override'],
    // Without it the workbench ignores the paths of extensions under test.
    ...['--vscode-option', 'enable-smoke-test-driver'],
  ];
}

function pageUrl(port: number, path: string | null, payload: readonly (readonly [string, string])[] = []): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (path === null) url.searchParams.set('ew', 'true');
  else url.searchParams.set(path.endsWith('.code-workspace') ? 'workspace' : 'folder', resolve(path));
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

async function untilHealthy(server: ChildProcess, port: number, log: () => string): Promise<void> {
  const giveUpAtMs = Date.now() + START_LIMIT_MS;
  while (Date.now() < giveUpAtMs) {
    if (server.exitCode !== null) throw new Error(`code-server ended with ${server.exitCode}: ${log()}`);
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    if (answer?.ok) return;
    await sleep(100);
  }
  killGroup(server);
  throw new Error(`code-server did not answer within ${START_LIMIT_MS} ms: ${log()}`);
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode === null) {
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await Promise.race([gone, sleep(STOP_LIMIT_MS)]);
  }
  killGroup(server);
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Everyone has gone already.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
