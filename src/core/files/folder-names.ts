/**
 * Folders that never hold a project's own code, told by their name or by a file that marks them. Build outputs with
 * ambiguous names (`build`, `dist`, `out`, `target`, `vendor`) are not here: ignore files and attributes speak for those.
 */
import type { Skip } from '../skip.ts';

const EXCLUDED = new Set([
  // version control's own data
  ...['.git', '.hg', '.svn', '.jj', '.bzr', '_darcs', 'cvs'],
  // packages fetched by a package manager
  ...['node_modules', 'bower_components', 'jspm_packages', '.yarn', '.pnpm-store', '.bundle', '.eggs', 'elm-stuff'],
  // virtual environments and tool caches
  ...['__pycache__', '.venv', '.tox', '.nox', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.ipynb_checkpoints'],
  ...[
    '.gradle',
    '.terraform',
    '.dart_tool',
    '.stack-work',
    'dist-newstyle',
    '.zig-cache',
    '.vscode-test',
    '.nyc_output',
  ],
  // build caches of web frameworks
  ...['.next', '.nuxt', '.svelte-kit', '.angular', '.parcel-cache', '.turbo'],
]);

const SECRET = new Set(['.ssh', '.gnupg', '.aws', '.kube']);

/** Files whose presence says that the folder around them is a cache (bford.info/cachedir) or a Python environment. */
const MARKERS = ['CACHEDIR.TAG', 'pyvenv.cfg'];

/** `name` is the folder's last segment. */
export function folderNameSkip(name: string): Skip | null {
  const lower = name.toLowerCase();
  if (EXCLUDED.has(lower)) return { code: 'always-excluded', rule: `${name}/` };
  return SECRET.has(lower) ? { code: 'secret', rule: `${name}/` } : null;
}

export function folderContentSkip(names: ReadonlySet<string>): Skip | null {
  const marker = MARKERS.find((name) => names.has(name));
  return marker ? { code: 'always-excluded', rule: marker } : null;
}
