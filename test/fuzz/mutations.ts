/**
 * What is done to a file's bytes. Each mutation is small and of one kind; a file gets up to four of them. Lengths are
 * bounded, so that what is slow is so because of its shape and not because of its size.
 */
import type { Corpus } from './corpus.ts';

export type Random = (limit: number) => number;
export type Mutation = (bytes: Buffer, random: Random, corpus: Corpus) => Buffer;

/** Up to this the parser promises to take less than a second. */
const MAX_BYTES = 100_000;
/** Of this many times one is large, so that ten thousand files take minutes. */
const RARELY = 25;

const pick = <T>(random: Random, items: readonly T[]): T => items[random(items.length)]!;
const often = (random: Random, few: number, many: number): number => 1 + random(random(RARELY) === 0 ? many : few);

function insert(bytes: Buffer, at: number, what: string | Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(what as string), bytes.subarray(at)]);
}

function insertSomewhere(bytes: Buffer, random: Random, what: string | Buffer): Buffer {
  return insert(bytes, random(bytes.length + 1), what);
}

function span(bytes: Buffer, random: Random, most = 400): { from: number; to: number } {
  const from = random(bytes.length + 1);
  return { from, to: Math.min(bytes.length, from + 1 + random(most)) };
}

function withBytes(bytes: Buffer, random: Random, change: (byte: number) => number): Buffer {
  const changed = Buffer.from(bytes);
  for (let i = often(random, 8, 200); i > 0 && changed.length > 0; i--) {
    const at = random(changed.length);
    changed[at] = change(changed[at]!);
  }
  return changed;
}

/** Replaces up to `most` of the places where `what` stands. */
function replaceSome(bytes: Buffer, random: Random, what: RegExp, most: number, by: (found: string) => string): Buffer {
  let left = 1 + random(most);
  // As Latin-1 every byte is one character, and stays what it is.
  const text = bytes
    .toString('latin1')
    .replace(what, (found) => (left > 0 && random(3) === 0 && left-- ? by(found) : found));
  return Buffer.from(text, 'latin1');
}

const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

const BRACKETS = [...'()[]{}<>'];
const OPENERS = [
  '(',
  '[',
  '{',
  '<',
  '((',
  '{{',
  '[{',
  'a(',
  'a<',
  'A[',
  '-',
  '!',
  '*',
  '&',
  'not ',
  '<a>',
  '$(',
  '${',
  '"${',
  '`${',
  '#{',
  '"\\(',
];
const BLOCKS = [
  'if (x) {',
  'function f() {',
  'class A {',
  'def f():\n ',
  'do\n',
  'module A\n',
  'fn f() {',
  'begin ',
  'case x of ',
  'a => ',
  'else if (x) ',
  '? a : ',
  'where ',
];
const QUOTES = [
  '"',
  "'",
  '`',
  '"""',
  "'''",
  '/*',
  '*/',
  '//',
  '{-',
  '-}',
  '--[[',
  ']]',
  '=begin\n',
  '<<EOF\n',
  "<<~'X'\n",
  'r#"',
  '#"',
  '@"',
  '$"',
  '%q(',
  '~s"""',
  '\\',
  '?>',
  '<?php ',
  '#if 0\n',
  '[==[',
  'R"x(',
];
const SPACES = ['\r', '\r\n', '\n\r', '\v', '\f', '\u0085', '\u2028', '\u2029', '\u00a0', '\t', '\ufeff', '\u3000'];
const LETTERS = [
  '\u202e',
  '\u200d',
  '\u0301',
  '\u200f',
  '\u2066',
  '😀',
  '👩‍👩‍👧',
  'ß',
  'İ',
  'ﬀ',
  '数',
  'ا',
  '\u{10ffff}',
  '\ufffe',
  '𝒳',
  'ǅ',
  'א',
  '١',
  '²',
  'ª',
  '\u0000',
];
/** Lone surrogates, overlong forms, lone continuations, what never occurs. */
const NO_UTF8 = ['eda080', 'edb080', 'c080', 'e08080', 'f7bfbfbf', 'ff', 'fe', '80', 'bf', 'e2', 'f09f98'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  flippedBits: (bytes, random) => withBytes(bytes, random, (byte) => byte ^ (1 << random(8))),
  otherBytes: (bytes, random) => withBytes(bytes, random, () => random(256)),
  otherAscii: (bytes, random) => withBytes(bytes, random, () => 32 + random(95)),
  deleted: (bytes, random) => {
    const { from, to } = span(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  cutOff: (bytes, random) =>
    random(2) === 0 ? bytes.subarray(random(bytes.length + 1)) : bytes.subarray(0, random(bytes.length + 1)),
  doubled: (bytes, random) => {
    const { from, to } = span(bytes, random);
    const again = Buffer.concat(Array.from({ length: often(random, 4, 400) }, () => bytes.subarray(from, to)));
    return insert(bytes, random(2) === 0 ? to : random(bytes.length + 1), again);
  },
  moved: (bytes, random) => {
    const { from, to } = span(bytes, random);
    const rest = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    return insertSomewhere(rest, random, bytes.subarray(from, to));
  },
  shuffledLines: (bytes, random) => {
    const lines = bytes.toString('latin1').split('\n');
    for (let i = 1 + random(20); i > 0; i--)
      lines.splice(random(lines.length), 0, ...lines.splice(random(lines.length), 1));
    return Buffer.from(lines.join('\n'), 'latin1');
  },
  wholeAgain: (bytes, random) => Buffer.concat(Array.from({ length: often(random, 3, 40) }, () => bytes)),
  brackets: (bytes, random) => {
    let text = bytes;
    for (let i = often(random, 10, 100); i > 0; i--) text = insertSomewhere(text, random, pick(random, BRACKETS));
    return text;
  },
  withoutBrackets: (bytes, random) => replaceSome(bytes, random, /[()[\]{}<>]/g, 40, () => ''),
  nested: (bytes, random) => insertSomewhere(bytes, random, pick(random, OPENERS).repeat(often(random, 60, 20_000))),
  nestedBlocks: (bytes, random) => insertSomewhere(bytes, random, pick(random, BLOCKS).repeat(often(random, 60, 5000))),
  quotes: (bytes, random) => {
    let text = bytes;
    for (let i = often(random, 4, 40); i > 0; i--) text = insertSomewhere(text, random, pick(random, QUOTES));
    return text;
  },
  longLine: (bytes, random) => {
    const word = pick(random, [
      'word ',
      'a.b',
      'x+',
      'f(1);',
      ' ',
      '"a",',
      '0',
      '\\',
      '\t',
      "'",
      '<',
      '||',
      '@a ',
      '#a ',
      '::',
    ]);
    return insertSomewhere(bytes, random, word.repeat(often(random, 2000, 60_000)));
  },
  onOneLine: (bytes, random) => replaceSome(bytes, random, /\r?\n/g, 400, () => ' '),
  brokenLines: (bytes, random) => replaceSome(bytes, random, /[ ;{(,]/g, 200, (found) => `${found}\n`),
  indents: (bytes, random) =>
    replaceSome(bytes, random, /\n[ \t]*/g, 60, () =>
      `\n${pick(random, [' ', '\t', '', '  \t'])}`.padEnd(1 + random(30), ' '),
    ),
  zeros: (bytes, random) => {
    const padded = random(2) === 0 ? bytes : Buffer.concat([bytes, bytes, bytes, bytes, bytes]);
    let text = padded;
    for (let i = often(random, 3, 100); i > 0; i--)
      text = insert(text, padded === bytes ? random(text.length + 1) : 8000 + random(text.length), '\0');
    return text;
  },
  noUtf8: (bytes, random) => {
    let text = bytes;
    for (let i = often(random, 6, 100); i > 0; i--) text = insertSomewhere(text, random, pick(random, NO_UTF8));
    return text;
  },
  utf16: (bytes, random) => {
    const text = Buffer.from((random(2) === 0 ? '\ufeff' : '') + bytes.toString('utf8'), 'utf16le');
    const ordered = random(2) === 0 ? text : text.swap16();
    return random(2) === 0 ? ordered : ordered.subarray(0, Math.max(0, ordered.length - 1));
  },
  lineEnds: (bytes, random) => replaceSome(bytes, random, /\n/g, 400, () => utf8(pick(random, SPACES))),
  spaces: (bytes, random) => replaceSome(bytes, random, / /g, 40, () => utf8(pick(random, SPACES))),
  letters: (bytes, random) => insertSomewhere(bytes, random, pick(random, LETTERS).repeat(often(random, 20, 20_000))),
  hugeName: (bytes, random) => {
    const name = pick(random, ['a', 'Ab', 'a_', 'A1', 'ä', 'HTTP', '_', '$', 'aB9_']).repeat(
      often(random, 300, 30_000),
    );
    return replaceSome(bytes, random, /[A-Za-z_]\w*/g, 2, () => utf8(name));
  },
  strangeNames: (bytes, random) =>
    replaceSome(bytes, random, /[A-Za-z_]\w*/g, 30, () => utf8(pick(random, [...LETTERS, ...OPENERS, '', '1']))),
  ofOthers: (bytes, random, corpus) => {
    let text = bytes;
    for (let i = often(random, 4, 60); i > 0; i--) {
      const other = pick(random, pick(random, [...corpus.values()])).bytes;
      const { from, to } = span(other, random, 200);
      text = insertSomewhere(text, random, other.subarray(from, to));
    }
    return text;
  },
};

const KINDS = Object.keys(MUTATIONS);

export interface Mutated {
  readonly path: string;
  readonly bytes: Buffer;
  readonly kinds: readonly string[];
}

/** Rarely is nothing left; the reader knows empty files. */
export function mutate(corpus: Corpus, language: string, random: Random): Mutated {
  const { path, bytes } = pick(random, corpus.get(language)!);
  const kinds = Array.from({ length: 1 + random(4) }, () => pick(random, KINDS));
  let mutated = bytes;
  for (const kind of kinds) mutated = MUTATIONS[kind]!(mutated, random, corpus).subarray(0, MAX_BYTES);
  return { path, bytes: mutated, kinds };
}

/** Any file can be made again without those before it. */
export function randomOf(create: (seed: number) => Random, seed: number, language: string, index: number): Random {
  let state = seed >>> 0;
  for (const char of `${language}:${index}`) state = Math.imul(state ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return create(Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0);
}
