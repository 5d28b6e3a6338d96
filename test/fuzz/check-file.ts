/**
 * One file's way into the index, all but the vectors: bytes → text → functions → what the student reads → tokens, and the
 * terms. What is wrong with what came out is told in sentences; what it throws is the caller's to catch.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeFunction } from '../../src/core/code-function.ts';
import { decodeText } from '../../src/core/files/decode.ts';
import { languageOf } from '../../src/core/languages/registry.ts';
import { fieldTerms } from '../../src/core/lexical/fields.ts';
import { termsOf } from '../../src/core/lexical/terms.ts';
import { tokenBag } from '../../src/core/student/bag.ts';
import { codeText } from '../../src/core/student/template.ts';
import { readTokenizer, type TokenizerParts } from '../../src/engine/embed/tokens.ts';
import { grammarDir, modelDir } from '../../src/engine/install-dir.ts';
import { createParser, type SourceParser } from '../../src/engine/parse/parser.ts';
import { textSkip } from '../../src/engine/walk/read-source.ts';
import { INSTALL_DIR } from '../engine/install.ts';
import { lostLines } from './lost-lines.ts';

export interface Checker {
  readonly parser: SourceParser;
  readonly tokenizer: TokenizerParts;
  /** Token ids are below it. */
  readonly tokens: number;
  readonly template: string;
  readonly maxTokens: number;
}

export interface Checked {
  /** `left out`: by its text, as the reader would; it goes through the parser all the same. */
  readonly fate: 'binary' | 'left out' | 'lines' | 'parsed';
  readonly functions: number;
  /** Why it was cut into windows of lines. */
  readonly cut: string | null;
  readonly wrong: readonly string[];
}

export async function createChecker(): Promise<Checker> {
  const dir = modelDir(INSTALL_DIR);
  const card = JSON.parse(readFileSync(join(dir, 'model.json'), 'utf8')) as { codeTemplate: string; maxTokens: number };
  const tokenizerJson = readFileSync(join(dir, 'tokenizer.json'), 'utf8');
  const { model } = JSON.parse(tokenizerJson) as { model: { vocab: object } };
  return {
    parser: await createParser(grammarDir(INSTALL_DIR)),
    tokenizer: readTokenizer(() => tokenizerJson),
    tokens: Object.keys(model.vocab).length,
    template: card.codeTemplate,
    maxTokens: card.maxTokens,
  };
}

export async function checkFile(checker: Checker, path: string, bytes: Uint8Array): Promise<Checked> {
  const text = decodeText(bytes);
  if (text === null) return { fate: 'binary', functions: 0, cut: null, wrong: [] };
  const isLeftOut = textSkip(text, path) !== null;
  const { functions, problem } = await checker.parser.parse(path, text);
  const table = languageOf(path, text);
  const lost = table ? lostLines(text, table, functions) : [];
  const wrong = functions.flatMap((fn) => [...wrongOf(fn, text), ...wrongTokens(checker, path, fn)]);
  if (lost.length > 0) wrong.push(`code on lines that no chunk holds: ${lost.slice(0, 5).join(', ')}`);
  if (problem?.startsWith('the parser failed')) wrong.push(problem);
  return {
    fate: isLeftOut ? 'left out' : problem === null ? 'parsed' : 'lines',
    functions: functions.length,
    cut: problem,
    wrong,
  };
}

function wrongOf({ startLine, endLine, name, code, part }: CodeFunction, text: string): string[] {
  const lines = text.split('\n', endLine + 1).length;
  const isInside = startLine >= 1 && startLine <= endLine && endLine <= lines;
  const isWhole = part === null || (part.startLine <= startLine && endLine <= part.endLine && part.index < part.count);
  return [
    ...(isInside && isWhole ? [] : [`${name} has lines ${startLine} to ${endLine}, of ${lines}`]),
    ...(name === '' ? ['a function without a name'] : []),
    ...(code.length > text.length ? [`${name} has more code than the file`] : []),
  ];
}

function wrongTokens(
  { tokenizer, tokens: known, template, maxTokens }: Checker,
  path: string,
  fn: CodeFunction,
): string[] {
  const tokens = tokenizer.read(codeText(template, path, fn), maxTokens);
  const strange = tokens.find((id) => !Number.isInteger(id) || id < 0 || id >= known);
  const { weights } = tokenBag([tokens], maxTokens, [[1]]);
  const terms = fieldTerms(fn, termsOf(path));
  // Some letters are longer in lower case.
  const isTerm = (term: string): boolean => term.length > 0 && term.length <= 121;
  return [
    ...(strange === undefined ? [] : [`${fn.name} has the token ${strange}`]),
    ...(weights.every((weight) => weight >= 1) ? [] : [`${fn.name} has a weight below 1`]),
    ...([...terms.keys()].every(isTerm) ? [] : [`${fn.name} has a term that is none`]),
  ];
}
