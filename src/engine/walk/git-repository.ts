/** Where git keeps what is not in the tree: the repository around a folder, its private excludes, the user's excludes. */
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { gitConfigValue } from '../../core/files/git-config.ts';
import type { FileSystem } from './file-system.ts';

/** Ignore files beyond this are not rules that anyone wrote, and would be asked about every path. */
const MAX_RULE_FILE_BYTES = 512 * 1024;

export interface NamedText {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** The text of a small regular file; null when it is absent, unreadable or something else. */
export async function readRuleFile(fs: FileSystem, path: string, followLink = false): Promise<NamedText | null> {
  try {
    const bytes = await fs.read(path, MAX_RULE_FILE_BYTES, followLink);
    return Buffer.isBuffer(bytes) ? { path, text: bytes.toString('utf8') } : null;
  } catch {
    return null;
  }
}

/** The nearest folder at or above that is a repository's work tree, or null. */
export async function repositoryRoot(fs: FileSystem, folder: string): Promise<string | null> {
  for (let at = folder; ; at = dirname(at)) {
    if (await gitDirOf(fs, at)) return at;
    if (dirname(at) === at) return null;
  }
}

/** The folder that holds `info/` and `config`: `.git`, or for a submodule or linked work tree what `.git` points to. */
export async function gitDirOf(fs: FileSystem, workTree: string): Promise<string | null> {
  const dotGit = join(workTree, '.git');
  const kind = await fs.stat(dotGit).then(
    (stat) => stat.kind,
    () => null,
  );
  if (kind === 'folder') return (await exists(fs, join(dotGit, 'HEAD'))) ? dotGit : null;
  if (kind !== 'file') return null;
  const pointer = /^gitdir: (.+)/.exec((await readRuleFile(fs, dotGit))?.text ?? '');
  if (!pointer) return null;
  // Another computer's, in Windows' spelling: whoever made the folder must not choose with whom this machine talks.
  if (/^[\\/]{2}/.test(pointer[1]!.trim())) return null;
  const gitDir = resolve(workTree, pointer[1]!.trim());
  const common = await readRuleFile(fs, join(gitDir, 'commondir'));
  return common ? resolve(gitDir, common.text.trim()) : gitDir;
}

/** The user's configuration files for git, the strongest last. */
function userConfigs(): string[] {
  const { GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM = '/etc/gitconfig', GIT_CONFIG_NOSYSTEM } = process.env;
  const system = GIT_CONFIG_NOSYSTEM ? [] : [GIT_CONFIG_SYSTEM];
  return GIT_CONFIG_GLOBAL === undefined
    ? [...system, join(xdgConfigHome(), 'git', 'config'), join(homedir(), '.gitconfig')]
    : [...system, GIT_CONFIG_GLOBAL];
}

function xdgConfigHome(): string {
  return process.env.XDG_CONFIG_HOME || join(homedir(), '.config');
}

export interface GitSettings {
  readonly ignoreCase: boolean;
  /** The file that `core.excludesFile` names, or git's default for it. */
  readonly excludes: NamedText | null;
}

/** `gitDir`: of the repository at `top`, null outside of one. */
export async function readGitSettings(fs: FileSystem, top: string, gitDir: string | null): Promise<GitSettings> {
  const users = await Promise.all(userConfigs().map((path) => readRuleFile(fs, path, true)));
  const own = gitDir ? await readRuleFile(fs, join(gitDir, 'config')) : null;
  const ignoreCase = [...users, own].map((config) => valueIn(config, 'ignorecase')).findLast((value) => value !== null);
  const usersFile = users.map((config) => valueIn(config, 'excludesfile')).findLast((value) => value !== null);
  return {
    ignoreCase: ignoreCase ? ignoreCase === 'true' : process.platform === 'win32' || process.platform === 'darwin',
    excludes:
      (await ownExcludes(fs, top, valueIn(own, 'excludesfile'))) ??
      (await readRuleFile(fs, atHome(usersFile ?? join(xdgConfigHome(), 'git', 'ignore')), true)),
  };
}

const valueIn = (config: NamedText | null, key: string): string | null =>
  config ? gitConfigValue(config.text, 'core', key) : null;

const atHome = (path: string): string => resolve(homedir(), path.replace(/^~(?=[\\/])/, homedir()));

/** A repository may come from anyone, its configuration with it: it names no file outside of itself. */
async function ownExcludes(fs: FileSystem, top: string, path: string | null): Promise<NamedText | null> {
  if (path === null) return null;
  const inside = relative(top, resolve(top, path));
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return null;
  return readRuleFile(fs, join(top, inside));
}

async function exists(fs: FileSystem, path: string): Promise<boolean> {
  return fs.stat(path).then(
    () => true,
    () => false,
  );
}
