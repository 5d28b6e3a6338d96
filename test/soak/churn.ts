/**
 * A folder that is worked in without rest: edits, new files, renames, removals, folders that move, files that become folders,
 * branch switches (git's own where there is git, else the tree is swapped). Seeded: the same numbers do the same.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export type Random = (limit: number) => number;

const BRANCHES = ['main', 'feature', 'release'];
const WORDS = ['harbour', 'ledger', 'kiln', 'beehive', 'sextant', 'violin', 'glacier', 'turbine', 'orchard', 'lantern'];

export class Churn {
  readonly #folder: string;
  readonly #trees: string;
  readonly #random: Random;
  readonly #git: boolean;
  #serial = 0;

  /** `folder` is made of `sources` (folder name → folder); `trees`: a place beside it for the branches. */
  constructor(folder: string, trees: string, sources: Readonly<Record<string, string>>, random: Random) {
    this.#folder = folder;
    this.#trees = trees;
    this.#random = random;
    mkdirSync(folder, { recursive: true });
    for (const [name, from] of Object.entries(sources)) cpSync(from, join(folder, name), { recursive: true });
    this.#git = hasGit();
    this.#makeBranches();
  }

  /** Does one thing. Returns the paths that an editor would tell of, or null after what it would not tell file by file. */
  step(): readonly string[] | null {
    const kinds = [this.#edit, this.#edit, this.#edit, this.#create, this.#rename, this.#remove, this.#moveFolder];
    const kind = this.#random(20);
    if (kind === 0) return this.switchTo(this.#pick(BRANCHES));
    if (kind === 1) return this.#swapWithFolder();
    return this.#pick(kinds).call(this);
  }

  /** As it was when the branch was made. */
  switchTo(branch: string): null {
    if (this.#git) {
      this.#run('checkout', '-fq', branch);
      this.#run('clean', '-fdq');
      // What stood in the way of a file as a folder is gone only now.
      this.#run('reset', '-q', '--hard');
    } else {
      for (const name of readdirSync(this.#folder)) rmSync(join(this.#folder, name), { recursive: true });
      cpSync(join(this.#trees, branch), this.#folder, { recursive: true });
    }
    return null;
  }

  /** Relative to the folder, with `/`, in order. */
  files(): string[] {
    const names = readdirSync(this.#folder, { recursive: true, withFileTypes: true });
    const paths = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return paths
      .map((path) => path.slice(this.#folder.length + 1).replaceAll('\\', '/'))
      .filter((path) => !path.startsWith('.git/'))
      .sort();
  }

  /** A text that somebody may be about to save. */
  edited(path: string): string {
    const lines = readFileSync(join(this.#folder, path), 'utf8').split('\n');
    const at = this.#random(lines.length);
    const [from, to] = [this.#pick(WORDS), this.#pick(WORDS)];
    if (this.#random(3) === 0) lines.splice(at, 1 + this.#random(6));
    else lines.splice(at, 0, `// ${from} ${this.#serial++} ${to}`);
    return lines.join('\n').replaceAll(from, to);
  }

  #edit(): readonly string[] {
    const path = this.#pick(this.files());
    writeFileSync(join(this.#folder, path), this.edited(path));
    return [path];
  }

  #create(): readonly string[] {
    const [noun, other] = [this.#pick(WORDS), this.#pick(WORDS)];
    const path = `${noun}/${other}_${this.#serial++}.py`;
    const functions = Array.from(
      { length: 1 + this.#random(6) },
      (_, i) => `def ${noun}_${other}_${i}(${this.#pick(WORDS)}):\n    return ${this.#pick(WORDS)}(${i})\n`,
    );
    this.#write(path, functions.join('\n\n'));
    return [path];
  }

  #rename(): readonly string[] {
    const path = this.#pick(this.files());
    const to = path.replace(/([^/]*)$/, `moved${this.#serial++}_$1`);
    renameSync(join(this.#folder, path), join(this.#folder, to));
    return [path, to];
  }

  #remove(): readonly string[] {
    const path = this.#pick(this.files());
    rmSync(join(this.#folder, path));
    return [path];
  }

  #moveFolder(): readonly string[] {
    const folder = dirname(this.#pick(this.files()));
    if (folder === '.') return [];
    const to = `${folder}_${this.#serial++}`;
    renameSync(join(this.#folder, folder), join(this.#folder, to));
    return [folder, to];
  }

  #swapWithFolder(): readonly string[] {
    const path = this.#pick(this.files());
    const text = readFileSync(join(this.#folder, path), 'utf8');
    rmSync(join(this.#folder, path));
    this.#write(`${path}/${path.split('/').at(-1)}`, text);
    return [path];
  }

  #write(path: string, text: string): void {
    const target = join(this.#folder, path);
    // A file may be where a folder is to be.
    for (let dir = dirname(target); dir.length > this.#folder.length; dir = dirname(dir)) {
      if (existsSync(dir) && statSync(dir).isFile()) rmSync(dir);
    }
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }

  #makeBranches(): void {
    if (this.#git) this.#run('init', '-q', '-b', 'main');
    for (const branch of BRANCHES) {
      if (branch !== 'main')
        for (let i = 0; i < 30; i++) this.#pick([this.#edit, this.#create, this.#rename]).call(this);
      if (this.#git) {
        if (branch !== 'main') this.#run('checkout', '-q', '-b', branch);
        this.#run('add', '-A');
        this.#run('-c', 'user.name=soak', '-c', 'user.email=soak@localhost', 'commit', '-qm', branch);
      } else {
        cpSync(this.#folder, join(this.#trees, branch), { recursive: true });
      }
    }
    this.switchTo('main');
  }

  #run(...parameters: string[]): void {
    execFileSync('git', ['-c', 'gc.auto=0', ...parameters], {
      cwd: this.#folder,
      stdio: 'ignore',
    });
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random(from.length)]!;
  }
}

function hasGit(): boolean {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
