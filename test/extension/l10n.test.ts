/** Every text that a user sees can be translated, and German is complete: the same texts, values, commands and links. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { beforeAll, describe, expect, test } from 'vitest';
import { recognise, SENTENCES } from '../../src/extension/engine-sentences.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const texts = (file: string): Readonly<Record<string, string>> => JSON.parse(read(file)) as Record<string, string>;
const sources = (pattern: string): readonly { readonly path: string; readonly contents: string }[] =>
  globSync(pattern, { cwd: ROOT }).map((path) => ({ path, contents: read(path) }));
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[0]);
const sorted = (all: Iterable<string>): string[] => [...new Set(all)].sort();

const extension = sources('src/extension/**/*.ts');
const nls = texts('package.nls.json');
const german = { nls: texts('package.nls.de.json'), bundle: texts('l10n/bundle.l10n.de.json') };

const LITERAL_OR_COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*|`[^`]*`|'([^'\n]*)'|"([^"\n]*)"/g;

/** Literals of core that heads translate: more than a word, and neither a table's key nor something compared with. */
function textsOf(file: string): string[] {
  const contents = read(file);
  return [...contents.matchAll(LITERAL_OR_COMMENT)].flatMap((match) => {
    const text = match[1] ?? match[2] ?? '';
    const isKey = contents[match.index + match[0].length] === ':';
    const isCompared = /(?:===|includes\() ?$/.test(contents.slice(0, match.index));
    return /[a-z]/.test(text) && text.includes(' ') && !isKey && !isCompared ? [text] : [];
  });
}

describe('package.nls', () => {
  test('German has the keys of English, and no text is empty', () => {
    expect(Object.keys(german.nls)).toEqual(Object.keys(nls));
    expect(Object.keys(nls).filter((key) => !nls[key] || !german.nls[key])).toEqual([]);
  });

  test.each(Object.keys(nls))('%s has the same links and code', (key) => {
    const kept = (text: string): string[] => found(text, /\]\([^)]+\)|`+[^`]+`+/g).sort();
    expect(kept(german.nls[key]!)).toEqual(kept(nls[key]!));
  });
});

describe('bundle', () => {
  let known: string[];

  beforeAll(async () => {
    const files = extension.map(({ contents }) => ({ extension: '.ts', contents }));
    const extracted = Object.keys(await getL10nJson(files));
    known = sorted([
      ...extracted,
      ...SENTENCES,
      ...textsOf('src/core/explain.ts'),
      ...textsOf('src/core/skip-sentences.ts'),
    ]);
  });

  test('German has exactly the texts that are translated', () => {
    expect(sorted(Object.keys(german.bundle))).toEqual(known);
  });

  test('each translation has the values and the code of its text', () => {
    const kept = (text: string): string[] => sorted(found(text, /\{\d\}|`[^`]*`|\b(?:lang|path|kind):\S*|-tests/g));
    const wrong = Object.entries(german.bundle).filter(
      ([text, translation]) => JSON.stringify(kept(text)) !== JSON.stringify(kept(translation)),
    );
    expect(wrong).toEqual([]);
  });

  test('what is asked is a search or a description, and what is found a result, in every text', () => {
    const texts = [...Object.keys(german.bundle), ...Object.values(nls)];
    const others = texts.filter((text) => /\bhits?\b|\b(?<!file in )questions?\b|\banew\b/i.test(text));
    expect(others).toEqual([]);
  });

  test('quotes are German, and nothing is left in English by mistake', () => {
    const all = { ...german.bundle, ...german.nls };
    expect(Object.values(all).filter((text) => /“[^“„]*”|„[^“]*(?:„|$)/.test(text))).toEqual([]);
    const same = Object.entries(german.bundle).filter(([text, translation]) => text === translation);
    expect(same.map(([text]) => text)).toEqual(['Kenning: {0}', 'Problem', '{0} %']);
  });
});

describe('what is shown goes through l10n', () => {
  const SHOWN =
    /(?:show(?:Information|Warning|Error)Message\(|\btell\(|\bl10n\.t\((?=\s*`)|\b(?:tooltip|placeHolder|placeholder|title|prompt|message|detail|description|invocationMessage)\s*[:=])\s*(['"`])(.*?)\1/g;
  /** Values, commands and the product's name are no words. */
  const hasWords = (text: string): boolean =>
    /\p{L}{2,}/u.test(text.replace(/\$\{[^}]*\}|command:[\w.]+|\bKenning\b/g, ''));

  test('no literal is shown as it is', () => {
    const shown = extension.flatMap(({ path, contents }) =>
      [...contents.matchAll(SHOWN)].filter(([, , text]) => hasWords(text!)).map(([match]) => `${path}: ${match}`),
    );
    expect(shown).toEqual([]);
  });

  test('the manifest holds no text of its own', () => {
    const { contributes, ...manifest } = JSON.parse(read('package.json')) as Record<string, unknown>;
    const { languageModelTools: _, ...rest } = contributes as Record<string, unknown>;
    const json = JSON.stringify({ rest, displayName: manifest.displayName, description: manifest.description });
    const literals = found(json, /"(?:title|name|displayName|\w*[dD]escription|contents|label|altText)":"[^%][^"]*"/g);
    expect(sorted(literals)).toEqual(['"title":"Kenning"']);
  });
});

describe('sentences of the engine', () => {
  /** Codes that nobody is shown. */
  const SILENT = ['cancelled', 'usage'];
  const engine = sources('src/{engine,service}/**/*.ts')
    .map(({ contents }) => contents)
    .join('\n');

  test('each is known that an error is made with', () => {
    const made = [
      ...engine.matchAll(/new KenningError\(\s*'([\w-]+)',\s*(?:'([^'\n]+)'|`([^`]+)`)/g),
      ...[...engine.matchAll(/const (sentence) = (')?`([^`]+)`/g)],
    ].filter(([, code]) => !SILENT.includes(code!));
    const english = made.map(([, , plain, template]) => plain ?? template!.replace(/\$\{[^}]*\}/g, 'value'));
    expect(english.length).toBeGreaterThan(10);
    expect(english.filter((sentence) => recognise(sentence) === null)).toEqual([
      // Only in a checkout that was never built.
      'Kenning is not built: no dist/ above value.',
      // Two sentences, each of them known.
      'value value.',
    ]);
  });

  test('each is still spoken', () => {
    const spoken = (text: string): boolean =>
      text.split(/\{\d\}/).every((part) => engine.includes(part.replace(/^[).: ]+|[(. ]+$/g, '')));
    expect(SENTENCES.filter((text) => !spoken(text))).toEqual([]);
  });

  test.each([
    ['There is no folder /a (b).', 'There is no folder {0}.', ['/a (b)']],
    [
      'The search engine ended unexpectedly more than 3 times in 5 minutes (last: SIGKILL).',
      'The search engine ended unexpectedly more than {0} times in {1} minutes (last: {2}).',
      ['3', '5', 'SIGKILL'],
    ],
    [
      'The model in /m cannot be used: model.json is not JSON. Kenning searches with its first model alone.',
      '{0} Kenning searches with its first model alone.',
      ['The model in /m cannot be used: model.json is not JSON.'],
    ],
    ['The model a/b cannot be used: it has no x.', 'The model {0} cannot be used: it has no {1}.', ['a/b', 'x']],
  ])('%s', (english, text, values) => expect(recognise(english)).toEqual({ text, values }));

  test('an unknown one is none of them', () => expect(recognise('Something else happened.')).toBeNull());
});
