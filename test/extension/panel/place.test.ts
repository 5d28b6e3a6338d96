/** Which file counts as the one the user is in. The editor is a fake. */
import { expect, test } from 'vitest';
import { placeOfUser } from '../../../src/extension/panel/place.ts';
import { TabInputText, uriOf, window, workspace } from '../fake-vscode.ts';

const FOLDER = { uri: uriOf('/a') };

function placeWith(editor: object | undefined, input: unknown) {
  workspace.getWorkspaceFolder = () => FOLDER;
  workspace.asRelativePath = ({ fsPath }: { fsPath: string }) => fsPath.slice('/a/'.length);
  window.activeTextEditor = editor;
  window.tabGroups = { all: [], activeTabGroup: { activeTab: { input } } };
  return placeOfUser();
}

test("the active editor's", () => {
  const editor = { document: { uri: uriOf('/a/cart.go') } };
  expect(placeWith(editor, undefined)).toEqual({ folder: '/a', file: 'cart.go' });
});

test("the active tab's, where its editor is still to come", () => {
  expect(placeWith(undefined, new TabInputText(uriOf('/a/cart.go')))).toEqual({ folder: '/a', file: 'cart.go' });
});
