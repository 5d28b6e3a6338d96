/**
 * `npm run open -- FOLDER`: Kenning in a real VS Code on that folder: the user's own where there is one, else the one
 * that the window tests install, in a browser of the user's.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startCodeServer } from '../test/e2e/code-server.ts';
import { HOME, setup } from '../test/e2e/setup.ts';
import { buildAll } from './build.mjs';

const ROOT = resolve(import.meta.dirname, '..');
// npm runs scripts in the project's folder; paths are meant from where the user stands.
const folder = resolve(process.env.INIT_CWD ?? process.cwd(), process.argv[2] ?? '.');

if (!existsSync(folder) || !statSync(folder).isDirectory()) {
  console.error(`${folder} is not a folder.`);
  process.exit(2);
}
await buildAll();
if (spawnSync('code', ['--version'], { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0)
  openDesktop();
else await serve();

function openDesktop() {
  const args = ['--new-window', `--extensionDevelopmentPath=${ROOT}`, folder];
  spawn('code', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  console.log(`Opening ${folder} in your VS Code with Kenning.`);
}

async function serve() {
  setup({ browser: false });
  const server = await startCodeServer({ profileDir: join(HOME, 'profile') });
  const url = server.pageUrl(folder, [['extensionDevelopmentPath', server.remote(ROOT)]]);
  console.log(`VS Code with Kenning on ${folder}:\n\n  ${url}\n\nCtrl-C ends it.`);
  const stop = () => server.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
