/**
 * Gets a real VS Code (code-server) and a browser from the npm registry and Debian alone, once, and stamps the result.
 * Runs under the checkout's own Node 24, whose headers compile the few native modules that the server needs.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const CODE_SERVER_VERSION = '4.139.1';

const ROOT = resolve(import.meta.dirname, '../..');
/** Everything lands here. */
export const HOME = process.env.KENNING_CACHE
  ? join(process.env.KENNING_CACHE, 'vscode-e2e')
  : join(ROOT, '.vscode-e2e');
const NODE_DIR = join(ROOT, 'node_modules', `node-linux-${process.arch}`);
const CODE_SERVER_DIR = join(HOME, 'node_modules', 'code-server');

export const NODE = join(NODE_DIR, 'bin', 'node');
export const CODE_SERVER = join(CODE_SERVER_DIR, 'out', 'node', 'entry.js');
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Idempotent: a second call returns at once. `browser` false where the user brings their own. */
export function setup(options: { readonly browser: boolean }): void {
  if (process.platform !== 'linux') throw new Error('The tests in a real VS Code run on Linux only.');
  installDebianPackages(options.browser);
  const stamp = join(HOME, 'ready');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === CODE_SERVER_VERSION) return;
  process.stderr.write(`Installing VS Code (code-server ${CODE_SERVER_VERSION}) from npm, about two minutes…\n`);
  rmSync(HOME, { recursive: true, force: true });
  mkdirSync(HOME, { recursive: true });
  writeFileSync(join(HOME, 'package.json'), '{"private":true}');
  installCodeServer();
  writeFileSync(stamp, CODE_SERVER_VERSION);
}

function installCodeServer(): void {
  const vscode = join(CODE_SERVER_DIR, 'lib', 'vscode');
  // Without scripts: code-server's own compiles ten native modules, of which two are needed.
  npm(['install', '--ignore-scripts', `code-server@${CODE_SERVER_VERSION}`], HOME);
  // `install`, not `ci`: the published shrinkwrap disagrees with its package.json.
  npm(['install', '--omit=dev', '--ignore-scripts'], vscode);
  npm(['install', '--omit=dev', '--ignore-scripts'], join(vscode, 'extensions'));
  npm(['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], vscode);
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
