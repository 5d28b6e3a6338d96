/**
 * One source file per language, cut as indexing cuts it, against chunks that a person has read. `UPDATE_GOLDEN=1` writes
 * the golden files anew; whoever does so reads what changed.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeFunction } from '../../src/core/code-function.ts';
import { LANGUAGES } from '../../src/core/languages/registry.ts';
import type { LanguageTable } from '../../src/core/languages/table.ts';
import { grammarDir } from '../../src/engine/install-dir.ts';
import { createParser, type SourceParser } from '../../src/engine/parse/parser.ts';
import { INSTALL_DIR } from '../engine/install.ts';

const SOURCES = join(import.meta.dirname, 'sources');
const CHUNKS = join(import.meta.dirname, 'chunks');
const isUpdate = process.env.UPDATE_GOLDEN === '1';

let parser: SourceParser;
beforeAll(async () => {
  parser = await createParser(grammarDir(INSTALL_DIR));
});
afterAll(() => parser.dispose());

const files = readdirSync(SOURCES).sort();

test('every language has a source file', () => {
  const stems = files.map((file) => file.slice(0, file.lastIndexOf('.')));
  expect(stems.sort()).toEqual(LANGUAGES.map(({ id }) => id).sort());
});

describe.each(files)('%s', (file) => {
  const source = readFileSync(join(SOURCES, file), 'utf8');
  const language = file.slice(0, file.lastIndexOf('.'));
  const lineCount = source.split('\n').length;
  const table = LANGUAGES.find(({ id }) => id === language)!;
  let chunks: readonly CodeFunction[];
  beforeAll(async () => {
    const parsed = await parser.parse(`src/${file}`, source);
    expect(parsed).toMatchObject({ language, problem: null });
    chunks = parsed.functions;
  });

  test('gives the chunks that were read and found right', () => {
    const path = join(CHUNKS, `${language}.json`);
    const shown = chunks.map(withoutCode);
    if (isUpdate) writeFileSync(path, `[\n${shown.map((chunk) => `  ${JSON.stringify(chunk)}`).join(',\n')}\n]\n`);
    expect(shown).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });

  test('lines are in bounds and in order', () => {
    for (const { startLine, endLine, qualifiedName } of chunks) {
      expect(startLine, qualifiedName).toBeGreaterThanOrEqual(1);
      expect(endLine, qualifiedName).toBeGreaterThanOrEqual(startLine);
      expect(endLine, qualifiedName).toBeLessThanOrEqual(lineCount);
    }
    const starts = chunks.map(({ startLine }) => startLine);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  });

  test('every line of code but imports is in the range of some chunk', () => {
    const covered = new Set<number>();
    for (const { startLine, endLine } of chunks) for (let line = startLine; line <= endLine; line++) covered.add(line);
    const { importLine } = table;
    const missed = codeRows(source, table).filter(([row, text]) => !covered.has(row + 1) && !importLine.test(text));
    expect(missed).toEqual([]);
  });
});

function withoutCode({ kind, name, qualifiedName, signature, doc, startLine, endLine, part }: CodeFunction) {
  return { kind, name, qualifiedName, signature, doc, startLine, endLine, part };
}

/** Lines that are neither blank nor comment, with their rows: told by line marks and by the blocks around them. */
function codeRows(source: string, { comments }: LanguageTable): [row: number, text: string][] {
  const rows: [number, string][] = [];
  let close: string | undefined;
  source.split('\n').forEach((text, row) => {
    const line = text.trim();
    const opened = close ?? comments.block.find(([open]) => line.startsWith(open))?.[1];
    close = opened && !line.endsWith(opened) ? opened : undefined;
    const isShebangOrText = !comments.line.some((mark) => line.startsWith(mark));
    if (!opened && line !== '' && isShebangOrText) rows.push([row, text]);
  });
  return rows;
}
