/** The manifest and the code name the same things. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SEARCH_DESCRIPTION, SEARCH_SCHEMA } from '../../src/core/agents/describe.ts';
import { DEFAULT_QUALITY, QUALITIES } from '../../src/engine/quality.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const manifestText = read('package.json');
const manifest = JSON.parse(manifestText) as Manifest;
const { contributes, icon, engines, devDependencies } = manifest;
const code = globSync('src/extension/**/*.ts', { cwd: ROOT }).map(read).join('\n');
const tables = globSync('src/extension/**/*commands.ts', { cwd: ROOT }).map(read).join('\n');

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly scope: string;
  readonly order: number;
  readonly markdownDescription: string;
  readonly tags?: readonly string[];
  readonly enum?: readonly string[];
}

interface Manifest extends Readonly<Record<string, unknown>> {
  readonly icon: string;
  readonly keywords: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly when?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly completionEvents: readonly string[] }[] }[];
    readonly languageModelTools: readonly Readonly<Record<string, unknown>>[];
    readonly mcpServerDefinitionProviders: readonly { readonly id: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1]!);
const commands = sorted(contributes.commands.map(({ command }) => command));
const views = sorted(Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id)));

describe('manifest', () => {
  test('the commands are those of the tables', () => {
    expect(commands).toEqual(sorted(found(tables, /^ {2}'(kenning\.\w+)':/gm)));
    expect(sorted(contributes.commands.map(({ category }) => category))).toEqual(['Kenning']);
  });

  test('internal commands stay out of the palette, and one key alone works everywhere', () => {
    const hidden = contributes.menus.commandPalette!.filter(({ when }) => when === 'false');
    const internal = commands.filter((command) => command.startsWith('kenning._'));
    expect(internal.filter((command) => !hidden.some((item) => item.command === command))).toEqual([]);
    const everywhere = contributes.keybindings.filter(({ when }) => !when).map(({ command }) => command);
    expect(everywhere).toEqual(['kenning.search']);
  });

  test('no key is one that types a letter: AltGr is Ctrl+Alt where there is no Mac', () => {
    const keys = contributes.keybindings.map(({ key }) => key);
    expect(keys.filter((key) => key.includes('ctrl+alt') || key.includes('alt+ctrl'))).toEqual([]);
  });

  test('menus, keys and welcome texts name commands and views that exist', () => {
    const nls = read('package.nls.json');
    const used = [
      ...Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command)),
      ...contributes.keybindings.map(({ command }) => command),
      ...found(nls, /\(command:(kenning\.[\w.]+)[)?]/g),
    ];
    expect(used.filter((command) => !commands.includes(command))).toEqual([]);
    const whens = Object.values(contributes.menus).flatMap((items) => items.map(({ when }) => when ?? ''));
    const named = [
      ...contributes.viewsWelcome.map(({ view }) => view),
      ...found(whens.join('\n'), /view == ([\w.]+)/g),
    ];
    expect(named.filter((view) => !views.includes(view))).toEqual([]);
  });

  test('menus for files on disk are there in remote windows, too, which know them by another scheme', () => {
    const conditions = found(manifestText, /\bresourceScheme ([^"]+?) &&/g);
    expect(conditions.length).toBeGreaterThan(0);
    for (const condition of conditions) {
      const pattern = new RegExp(/^=~ \/(.+)\/$/.exec(condition)?.[1] ?? condition);
      const schemes = ['file', 'vscode-remote', 'untitled', 'git', 'vscode-vfs'];
      expect(schemes.filter((scheme) => pattern.test(scheme))).toEqual(['file', 'vscode-remote']);
    }
  });

  test('an empty list of results has one text: for what was never found, or for what was dismissed', () => {
    const whens = contributes.viewsWelcome.flatMap(({ contents, when = '' }) =>
      /%welcome\.(nothing|dismissed)%/.test(contents) ? [when.match(/!?kenning\.hasDismissed/)?.[0]] : [],
    );
    expect(whens).toEqual(['!kenning.hasDismissed', 'kenning.hasDismissed']);
  });

  test('the menus of the editor are not those of the Output panel, which is an editor as well', () => {
    const whens = contributes.menus['editor/context']!.map(({ when }) => when);
    expect(whens.filter((when) => !when?.endsWith(' && resourceScheme != output'))).toEqual([]);
  });

  test('a pause is offered on the folder where something is being done, cancelling where there is something', () => {
    const whenOf = (menu: string, command: string): string | undefined =>
      contributes.menus[menu]!.find((item) => item.command === `kenning.${command}`)?.when;
    expect(whenOf('view/item/context', 'pauseIndexing')).toContain('viewItem == folder.working');
    expect(whenOf('commandPalette', 'cancelIndexing')).toBe('kenning.state =~ /^(starting|indexing|refining|paused)$/');
  });

  test('a row of the results says what of it is copied', () => {
    const rows = contributes.menus['view/item/context']!.filter(({ command }) => /^kenning.copyP/.test(command));
    const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
    const told = rows.map(({ command, when }) => [
      when?.split(' ').at(-1),
      texts[command.replace('kenning', 'command')],
    ]);
    expect(told).toEqual([
      ['hit', 'Copy Path and Line'],
      ['file', 'Copy Path'],
    ]);
  });

  test('no row of the index view offers a command about the file in the editor', () => {
    const rows = contributes.menus['view/item/context']!.filter(({ when }) => when?.includes('view == kenning.index'));
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter(({ command }) => command === 'kenning.whyNotIndexed')).toEqual([]);
  });

  test('what the code calls by name is declared', () => {
    const providers = contributes.mcpServerDefinitionProviders.map(({ id }) => id);
    const known = [...providers, ...commands, ...views.map((view) => `${view}.focus`), ...views];
    const keys = found(code, /'setContext', '(kenning\.\w+)'/g);
    const kept = found(code, /^const [A-Z_]+ = '(kenning\.\w+)';/gm);
    const own = ['kenning.kenning', ...keys, ...kept];
    const literals = sorted(found(code, /'(kenning\.[\w.]+)'/g));
    expect(literals.filter((name) => !known.includes(name) && !own.includes(name))).toEqual([]);
    expect(views.filter((view) => !code.includes(`createTreeView('${view}'`))).toEqual([]);
  });

  test('context keys in when clauses are set by the code', () => {
    const keys = sorted(found(manifestText, /\b(kenning\.(?:state|has\w+|is\w+))\b/g));
    expect(keys.filter((key) => !code.includes(`'setContext', '${key}'`))).toEqual([]);
  });

  test('a step of the walkthrough is ticked off by a command, a setting or a context key that there is', () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const events = steps.flatMap(({ completionEvents }) => completionEvents);
    const isKnown = (event: string): boolean => {
      const [kind, name = ''] = event.split(':');
      if (kind === 'onCommand') return commands.includes(name);
      if (kind === 'onSettingChanged') return name in contributes.configuration.properties;
      return kind === 'onContext' && code.includes(`'setContext', '${name}'`);
    };
    expect(events.filter((event) => !isKnown(event))).toEqual([]);
    expect(steps.every(({ completionEvents }) => completionEvents.length > 0)).toBe(true);
  });

  test.each(['package.nls.json', 'package.nls.de.json'])('the walkthrough tells the keys of the panel, %s', (file) => {
    const text = (JSON.parse(read(file)) as Record<string, string>)['walkthrough.narrow.description']!.toLowerCase();
    const own = contributes.keybindings.filter(({ when }) => when?.includes('inQuickInput')).map(({ key }) => key);
    // The first step tells of Escape.
    const keys = own.filter((key) => key !== 'escape');
    expect(keys.length).toBeGreaterThan(4);
    const told = text.replace('strg+eingabe', 'ctrl+enter');
    expect(keys.filter((key) => !told.includes(key))).toEqual([]);
  });

  test('the settings are those that the code reads', () => {
    const declared = Object.keys(contributes.configuration.properties).map((name) => name.replace('kenning.', ''));
    const settings = read('src/extension/settings.ts');
    const asked = [...found(settings, /read<\w+>\('(\w+)'/g), ...found(settings, /\.get<\w+>\('(\w+)'/g)];
    expect(sorted(declared)).toEqual(sorted(asked));
  });

  test('every setting has a type, a default of it, a description, a scope and a place of its own', () => {
    const settings = Object.values(contributes.configuration.properties);
    for (const setting of settings) {
      const typeOfDefault = Number.isInteger(setting.default) ? 'integer' : typeof setting.default;
      expect(typeOfDefault).toBe(setting.type);
      expect(setting.markdownDescription).toMatch(/^%setting\.\w+%$/);
      expect(['window', 'resource', 'machine', 'machine-overridable']).toContain(setting.scope);
    }
    expect(new Set(settings.map(({ order }) => order)).size).toBe(settings.length);
  });

  test('only the setting that can lead to a download is said to, and no untrusted workspace sets it', () => {
    const online = Object.entries(contributes.configuration.properties).flatMap(([name, { tags }]) =>
      tags ? [name] : [],
    );
    expect(online).toEqual(['kenning.model']);
    expect(contributes.configuration.properties['kenning.model']!.tags).toEqual(['usesOnlineServices']);
    expect(manifest.capabilities).toMatchObject({ untrustedWorkspaces: { restrictedConfigurations: online } });
  });

  test('it runs where the workspace is, starts after the editor, and asks for no proposed API', () => {
    expect(manifest).toMatchObject({ extensionKind: ['workspace'], activationEvents: ['onStartupFinished'] });
    expect(manifest).not.toHaveProperty('browser');
    expect(manifest).not.toHaveProperty('enabledApiProposals');
    expect(manifest).toMatchObject({ license: 'MIT', pricing: 'Free', galleryBanner: { theme: 'dark' } });
  });

  test('what a gallery shows: a large icon, few keywords, no SVG in the README', () => {
    expect(manifest.keywords.length).toBeLessThanOrEqual(5);
    const png = readFileSync(join(ROOT, icon));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    // The header's width and height.
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([256, 256]);
    const images = found(read('README.md'), /!\[[^\]]*\]\(([^)]+)\)/g);
    expect(images.length).toBeGreaterThan(0);
    expect(images.filter((image) => /\.svg$/i.test(image) || image.startsWith('http:'))).toEqual([]);
  });

  test("the qualities and the default are the engine's", () => {
    const { enum: values, default: initial } = contributes.configuration.properties['kenning.quality']!;
    expect(values).toEqual(QUALITIES);
    expect(initial).toBe(DEFAULT_QUALITY);
    expect(read('src/extension/settings.ts')).toContain(`('quality', '${DEFAULT_QUALITY}')`);
  });

  test('what models are told of the search is what the MCP server tells them', () => {
    expect(contributes.languageModelTools).toEqual([
      expect.objectContaining({
        name: 'kenning_search_code',
        toolReferenceName: 'kenning',
        canBeReferencedInPrompt: true,
        modelDescription: SEARCH_DESCRIPTION,
        inputSchema: SEARCH_SCHEMA,
      }),
    ]);
    expect(code).toContain(`SEARCH_TOOL = '${String(contributes.languageModelTools[0]!.name)}'`);
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
