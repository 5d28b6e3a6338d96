/**
 * Gets a real VS Code (code-server) and a browser from the npm registry and Debian alone, once, and stamps the result.
 * Each VS Code runs under a Node of its own time, whose headers compile the few native modules that the server needs.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Each with its Node and the native modules that it does not run without. */
const EDITIONS = {
  current: { codeServer: '4.139.1', node: '24.21.0', native: ['@vscode/spdlog', '@vscode/native-watchdog'] },
  /** VS Code 1.103.2: the manifest's `engines.vscode` is this one, so that no version is promised that is not tested. */
  oldest: { codeServer: '4.103.2', node: '22.17.0', native: ['@vscode/spdlog', 'native-watchdog', '@parcel/watcher'] },
} as const;
/** `--oldest` on a runner's command line takes the oldest VS Code that Kenning supports. */
export const IS_OLDEST = process.argv.includes('--oldest');
const EDITION = EDITIONS[IS_OLDEST ? 'oldest' : 'current'];

const ROOT = resolve(import.meta.dirname, '../..');
/** Everything lands here, each version in a folder of its own. */
export const HOME = process.env.KENNING_CACHE
  ? join(process.env.KENNING_CACHE, 'vscode-e2e')
  : join(ROOT, '.vscode-e2e');
export const EDITION_DIR = join(HOME, EDITION.codeServer);
const NODE_PACKAGE = `node-linux-${process.arch}`;
const NODE_DIR = join(EDITION_DIR, 'node_modules', NODE_PACKAGE);
const CODE_SERVER_DIR = join(EDITION_DIR, 'node_modules', 'code-server');

export const NODE = join(NODE_DIR, 'bin', 'node');
/** VS Code's own server; what code-server puts in front of it is not needed, and older ones hide options that are. */
export const SERVER = join(CODE_SERVER_DIR, 'lib', 'vscode', 'out', 'server-main.js');
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Idempotent: a second call returns at once. `browser` false where the user brings their own. */
export function setup(options: { readonly browser: boolean }): void {
  if (process.platform !== 'linux') throw new Error('The tests in a real VS Code run on Linux only.');
  installDebianPackages(options.browser);
  const stamp = join(EDITION_DIR, 'ready');
  if (existsSync(stamp)) return;
  process.stderr.write(`Installing VS Code (code-server ${EDITION.codeServer}) from npm, about two minutes…\n`);
  rmSync(EDITION_DIR, { recursive: true, force: true });
  mkdirSync(EDITION_DIR, { recursive: true });
  writeFileSync(join(EDITION_DIR, 'package.json'), '{"private":true}');
  installCodeServer();
  writeFileSync(stamp, '');
}

function installCodeServer(): void {
  const vscode = join(CODE_SERVER_DIR, 'lib', 'vscode');
  // Without scripts: code-server's own compiles ten native modules, of which two are needed.
  npm(
    ['install', '--ignore-scripts', `${NODE_PACKAGE}@${EDITION.node}`, `code-server@${EDITION.codeServer}`],
    EDITION_DIR,
  );
  // `install`, not `ci`: the published shrinkwrap disagrees with its package.json.
  npm(['install', '--omit=dev', '--ignore-scripts'], vscode);
  npm(['install', '--omit=dev', '--ignore-scripts'], join(vscode, 'extensions'));
  npm(['rebuild', ...EDITION.native], vscode);
}

function npm(args: readonly string[], cwd: string): void {
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    env: npmEnvironment(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** What `npm run` set for this project must not reach another's install; headers come from the package, not the web. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([key]) => !/^(npm_(lifecycle|package|command|execpath|config_ignore_scripts|config_legacy)|INIT_CWD)/.test(key),
  );
  const { npm_config_local_prefix: _, ...env } = Object.fromEntries(inherited);
  return { ...env, PATH: `${join(NODE_DIR, 'bin')}:${process.env.PATH}`, npm_config_nodedir: NODE_DIR };
}

function installDebianPackages(browser: boolean): void {
  const missing = [
    ...(browser && !existsSync(CHROMIUM) ? ['chromium', 'fonts-dejavu-core'] : []),
    ...(runs('g++') && runs('make') ? [] : ['build-essential']),
    ...(runs('python3') ? [] : ['python3']),
  ];
  if (missing.length === 0) return;
  process.stderr.write(`Installing with apt: ${missing.join(' ')}\n`);
  apt(['update', '-qq']);
  apt(['install', '-y', '-qq', '--no-install-recommends', ...missing]);
}

function runs(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

function apt(args: readonly string[]): void {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
  const [command, ...rest] = [...sudo, 'apt-get', '-o', 'DPkg::Lock::Timeout=300', ...args];
  const { status } = spawnSync(command!, rest, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed with ${status}.`);
}

if (import.meta.main) setup({ browser: true });
