/** What a user's name for a model means: a folder on this machine or a model of the hub. Asks the disk, never the network. */
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { KenningError } from '../../core/errors.ts';

export type ModelPlace =
  | { readonly kind: 'folder'; readonly dir: string }
  /** `id`: `owner/name`. */
  | { readonly kind: 'hub'; readonly id: string };

const HUB_ID = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/;

/**
 * `folder`: what a relative path starts from. What begins with `.`, `~` or `/` is a path; anything else is a folder where
 * there is one of that name. Throws `model-unavailable`.
 */
export function placeOfModel(name: string, folder: string): ModelPlace {
  const dir = name.startsWith('~/') ? resolve(homedir(), name.slice(2)) : resolve(folder, name);
  if (isFolder(dir)) return { kind: 'folder', dir };
  if (isAbsolute(name) || /^[.~]/.test(name)) {
    throw new KenningError('model-unavailable', `The model cannot be loaded: there is no folder ${dir}.`);
  }
  if (HUB_ID.test(name) && !name.includes('..')) return { kind: 'hub', id: name };
  throw new KenningError(
    'model-unavailable',
    `"${name}" names no model: it is neither a folder nor of the form owner/name.`,
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
