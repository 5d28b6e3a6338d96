import { expect, test } from 'vitest';
import { nextScope, type Place, type Scope, scopesAt, withinOf } from '../../../src/extension/panel/scope.ts';

const place: Place = { folder: '/w/a', file: 'src/x.ts' };
const nowhere: Place = { ...place, file: null };

const CHOICES: readonly [string, Place | null, number, Scope[]][] = [
  ['no folder is open', null, 0, ['workspace']],
  ['one folder and no file', nowhere, 1, ['workspace']],
  ['one folder and a file', place, 1, ['workspace', 'file']],
  ['two folders and no file', nowhere, 2, ['workspace', 'folder']],
  ['two folders and a file', place, 2, ['workspace', 'file', 'folder']],
];
test.each(CHOICES)('%s', (_, at, folders, expected) => {
  const scopes = scopesAt(at, folders);
  expect(scopes).toEqual(expected);
  const round = scopes.reduce<Scope>((scope) => nextScope(scope, scopes), 'workspace');
  expect(round).toBe('workspace');
});

test('what a request is narrowed to', () => {
  expect(withinOf('workspace', place)).toBeUndefined();
  expect(withinOf('folder', place)).toEqual({ folder: '/w/a' });
  expect(withinOf('file', place)).toEqual({ folder: '/w/a', file: 'src/x.ts' });
  expect(withinOf('file', nowhere)).toBeUndefined();
  expect(withinOf('file', null)).toBeUndefined();
});
