/**
 * Where indexes live when no editor says so: the folder that VS Code gives the extension if there is one, so that the
 * command line and the editor share their work, else the platform's folder for application data.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const EXTENSION_STORAGE = ['User', 'globalStorage', 'kenning.kenning'];

export function defaultStorageDir(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env.KENNING_STORAGE) return env.KENNING_STORAGE;
  const { config, data } = platformDirs(env, platform);
  const shared = join(config, 'Code', ...EXTENSION_STORAGE);
  return existsSync(shared) ? shared : join(data, 'kenning');
}

function platformDirs(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): { config: string; data: string } {
  const home = homedir();
  if (platform === 'win32') {
    return {
      config: env.APPDATA ?? join(home, 'AppData', 'Roaming'),
      data: env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'),
    };
  }
  if (platform === 'darwin') {
    const support = join(home, 'Library', 'Application Support');
    return { config: support, data: support };
  }
  return {
    config: env.XDG_CONFIG_HOME ?? join(home, '.config'),
    data: env.XDG_DATA_HOME ?? join(home, '.local', 'share'),
  };
}
