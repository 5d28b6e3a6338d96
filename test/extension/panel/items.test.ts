/** Texts that are not Kenning's own stand in the panel as they are: nothing in them becomes an icon. */
import { expect, test } from 'vitest';
import { completionItem, hitItem, recentItem } from '../../../src/extension/panel/items.ts';
import { problemItem } from '../../../src/extension/panel/notices.ts';
import { whyItems } from '../../../src/extension/panel/why-items.ts';
import type { FolderHit } from '../../../src/service/merge.ts';

/** As the editor draws it (https://github.com/microsoft/vscode: `iconLabels.ts`), an icon as `*`. */
const drawn = (text = ''): string =>
  text.replace(/(\\)?(\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\))/g, (_, escaped, icon) => (escaped ? icon : '*'));

interface Texts {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}
const textsOf = ({ label, description, detail }: Texts): string[] => [label, description, detail].map(drawn);

const CODE = 'ROOT=$(pwd) $(window).on( $(sync~spin) \\$(id) $( $()';

const hit: FolderHit = {
  folder: '/a',
  path: 'src/$(pwd)/a.sh',
  startLine: 3,
  endLine: 4,
  name: '$(window).ready',
  kind: 'function',
  language: 'bash',
  score: 1,
  preview: ` ${CODE} `,
  why: { semantic: 1, lexical: 1, words: ['$(pwd)'], boosts: {} },
  also: [{ path: '$(id).sh', name: '$(id)', startLine: 7, endLine: 8 }],
};

test('a hit, with its reasons and what it stands for', () => {
  expect(textsOf(hitItem(hit, false))).toEqual(['$(window).ready', 'src/$(pwd)/a.sh:3  +1', CODE]);
  const items = whyItems(hit, false).map(textsOf);
  expect(items.flat().filter((text) => text.includes('*'))).toEqual([]);
  expect(items.at(-1)![0]).toBe('$(id)');
});

test('what was asked and what is completed: Enter asks it as it was typed', () => {
  const recent = recentItem(CODE);
  expect([drawn(recent.label), recent.recent]).toEqual([CODE, CODE]);
  const completion = completionItem({ word: 'path:$(pwd)/', value: 'path:$(pwd)/' });
  expect([drawn(completion.label), completion.completion.value]).toEqual(['path:$(pwd)/', 'path:$(pwd)/']);
});

test('an error', () => {
  const { label } = problemItem({ folder: '/a', error: new Error(CODE) } as never);
  expect(drawn(label)).toBe(CODE);
});
