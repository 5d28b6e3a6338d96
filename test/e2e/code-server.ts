/** Starts a real VS Code (code-server) on 127.0.0.1 in a throw-away profile, and ends it with all its children. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NODE, SERVER } from './setup.ts';

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
  'security.workspace.trust.startupPrompt': 'never',
  'files.simpleDialog.enable': true,
};

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 3000;

export interface CodeServerOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Packages to install first. */
  readonly vsix?: readonly string[];
  /** Folders are opened in restricted mode until the user trusts them; absent: all are trusted. */
  readonly trust?: boolean;
  /** Of the display; absent: English. */
  readonly language?: string;
  /** Kept from one start to the next; absent: a new one, removed at the end. */
  readonly profileDir?: string;
}

export interface CodeServer {
  readonly dir: string;
  /** Of a folder or a `.code-workspace`; `payload` is what the workbench takes from a test runner. */
  pageUrl(path: string | null, payload?: readonly (readonly [string, string])[]): string;
  /** A path as the workbench's remote URI. */
  remote(path: string): string;
  /** The user's settings, besides those of the start; a window has them once it is opened or loaded again. */
  changeSettings(settings: Readonly<Record<string, unknown>>): void;
  log(): string;
  stop(): Promise<void>;
}

export async function startCodeServer({
  settings = {},
  vsix = [],
  trust = false,
  language,
  profileDir,
}: CodeServerOptions): Promise<CodeServer> {
  const dir = profileDir ?? mkdtempSync(join(tmpdir(), 'kenning-vscode-'));
  const common = makeProfile(dir);
  const changeSettings = (changes: object): void => writeSettings(dir, { ...SETTINGS, ...settings, ...changes });
  changeSettings({});
  if (language) installLanguage(dir, language);
  const fullEnv = environment(dir);
  for (const file of vsix) {
    const args = [...common, '--install-extension', resolve(file), '--force'];
    execFileSync(NODE, args, { env: fullEnv, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const port = await freePort();
  const logFile = join(dir, 'server.log');
  const log = (): string => [logFile, ...extensionHostLogs(dir)].map((file) => readFileSync(file, 'utf8')).join('\n');
  const server = spawn(NODE, [...common, ...serverArgs(port, trust), ...(language ? ['--locale', language] : [])], {
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
    changeSettings,
    log,
    async stop() {
      await stopServer(server);
      process.removeListener('exit', killAll);
      if (!profileDir) rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
    },
  };
}

/** The extension host's, and Kenning's own. */
const extensionHostLogs = (dir: string): string[] =>
  globSync('user-data/logs/**/{remoteexthost,Kenning}.log', { cwd: dir }).map((file) => join(dir, file));

function writeSettings(dir: string, settings: object): void {
  writeFileSync(join(dir, 'user-data', 'User', 'settings.json'), JSON.stringify(settings, null, 2));
}

/**
 * As the editor notes a language pack that was installed. This one holds no text: what the editor itself says stays
 * English, and it takes the language all the same, as does every extension.
 */
function installLanguage(dir: string, language: string): void {
  const texts = join(dir, 'user-data', 'no-texts.json');
  writeFileSync(texts, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: `test.${language}` }, version: '1.0.0' }];
  const packs = { [language]: { hash: language, extensions, translations: { vscode: texts }, label: language } };
  writeFileSync(join(dir, 'user-data', 'languagepacks.json'), JSON.stringify(packs));
}

function makeProfile(dir: string): readonly string[] {
  const userData = join(dir, 'user-data');
  const extensions = join(dir, 'extensions');
  for (const folder of [join(userData, 'User'), extensions, join(dir, 'home')]) mkdirSync(folder, { recursive: true });
  const places = [
    '--user-data-dir',
    userData,
    '--extensions-dir',
    extensions,
    '--server-data-dir',
    join(dir, 'server'),
  ];
  return [SERVER, ...places, '--accept-server-license-terms'];
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

function serverArgs(port: number, trust: boolean): readonly string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...(trust ? [] : ['--disable-workspace-trust']),
    // Without it the workbench ignores the paths of extensions under test.
    '--enable-smoke-test-driver',
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
    const answer = await fetch(`http://127.0.0.1:${port}/version`).catch(() => null);
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
