/** The manifest and the code name the same things. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_QUALITY, QUALITIES } from '../../src/engine/quality.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const manifestText = read('package.json');
const { contributes, icon, engines, devDependencies } = JSON.parse(manifestText) as Manifest;
const code = globSync('src/extension/**/*.ts', { cwd: ROOT }).map(read).join('\n');

interface Manifest {
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly keybindings: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { enum?: string[]; default: unknown }>> };
  };
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1]!);
const commands = sorted(contributes.commands.map(({ command }) => command));
const views = sorted(Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id)));

describe('manifest', () => {
  test('the commands are those of the table', () => {
    expect(commands).toEqual(sorted(found(read('src/extension/commands.ts'), /^ {2}'(kenning\.\w+)':/gm)));
    expect(sorted(contributes.commands.map(({ category }) => category))).toEqual(['Kenning']);
  });

  test('menus, keys and welcome texts name commands and views that exist', () => {
    const nls = read('package.nls.json');
    const used = [
      ...Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command)),
      ...contributes.keybindings.map(({ command }) => command),
      ...found(nls, /\(command:([\w.]+)\)/g),
    ];
    expect(used.filter((command) => !commands.includes(command))).toEqual([]);
    const whens = Object.values(contributes.menus).flatMap((items) => items.map(({ when }) => when ?? ''));
    const named = [
      ...contributes.viewsWelcome.map(({ view }) => view),
      ...found(whens.join('\n'), /view == ([\w.]+)/g),
    ];
    expect(named.filter((view) => !views.includes(view))).toEqual([]);
  });

  test('what the code calls by name is declared', () => {
    const known = [...commands, ...views.map((view) => `${view}.focus`), ...views];
    const own = ['kenning.kenning', 'kenning.lastQuery', 'kenning.state', 'kenning.hasResults'];
    const literals = sorted(found(code, /'(kenning\.[\w.]+)'/g));
    expect(literals.filter((name) => !known.includes(name) && !own.includes(name))).toEqual([]);
    expect(views.filter((view) => !code.includes(`createTreeView('${view}'`))).toEqual([]);
  });

  test('context keys in when clauses are set by the code', () => {
    const keys = sorted(found(manifestText, /\b(kenning\.(?:state|has\w+))\b/g));
    expect(keys.filter((key) => !code.includes(`'setContext', '${key}'`))).toEqual([]);
  });

  test('the settings are those that the code reads', () => {
    const declared = Object.keys(contributes.configuration.properties).map((name) => name.replace('kenning.', ''));
    const settings = read('src/extension/settings.ts');
    const asked = [...found(settings, /read<\w+>\('(\w+)'/g), ...found(settings, /\.get<\w+>\('(\w+)'/g)];
    expect(sorted(declared)).toEqual(sorted(asked));
  });

  test("the qualities and the default are the engine's", () => {
    const { enum: values, default: initial } = contributes.configuration.properties['kenning.quality']!;
    expect(values).toEqual(QUALITIES);
    expect(initial).toBe(DEFAULT_QUALITY);
    expect(read('src/extension/settings.ts')).toContain(`('quality', '${DEFAULT_QUALITY}')`);
  });

  test('every text key has a text, and every text is used', () => {
    const keys = Object.keys(JSON.parse(read('package.nls.json')) as object);
    expect(sorted(found(manifestText, /"%([\w.]+)%"/g))).toEqual(sorted(keys));
  });

  test('icons exist, and the types are no newer than the editor that is asked for', () => {
    const icons = [icon, ...Object.values(contributes.views).flatMap((list) => list.map((view) => view.icon))];
    for (const file of icons) expect(read(file).length).toBeGreaterThan(0);
    expect(engines.vscode).toBe(`^${devDependencies['@types/vscode']}`);
  });
});
