/** A name is a folder or a hub's id; what is neither is told apart without asking anyone. */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { placeOfModel } from '../../../src/engine/named/model-place.ts';
import { temporaryFolder } from '../temporary.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'models/mine'), { recursive: true });
});

test.each(['models/mine', './models/mine', 'models', '.'])('%s is a folder, seen from the workspace', (name) => {
  expect(placeOfModel(name, folder)).toEqual({ kind: 'folder', dir: join(folder, name) });
});

test('an absolute path and the home folder are folders', () => {
  expect(placeOfModel(join(folder, 'models'), '/')).toEqual({ kind: 'folder', dir: join(folder, 'models') });
  expect(placeOfModel('~/', folder)).toEqual({ kind: 'folder', dir: homedir() });
});

test.each(['owner/name', 'Owner-1/name_v2.5', 'models/other'])('%s is of the hub', (name) => {
  expect(placeOfModel(name, folder)).toEqual({ kind: 'hub', id: name });
});

test.each(['./nowhere', '../nowhere/at-all', '/nowhere/at/all', '~/nowhere-at-all', '.hidden/name'])(
  '%s is no folder',
  (name) => {
    expect(() => placeOfModel(name, folder)).toThrow(/^The model cannot be loaded: there is no folder .+\.$/);
  },
);

test.each([
  'name',
  'a/b/c',
  'owner/../name',
  'owner/na..me',
  'https://host/owner',
  'owner/',
  'owner/na me',
  'owner/name?x',
])('%s is nothing', (name) => {
  expect(() => placeOfModel(name, folder)).toThrow(
    /^".+" names no model: it is neither a folder nor of the form owner\/name\.$/,
  );
});
