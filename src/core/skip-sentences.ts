/** A reason for leaving a file out, in plain words, for every head. English with `{0}` where a value goes, so that a head may translate it. */
import { plainText, type Reason } from './explain.ts';
import type { Skip } from './skip.ts';

export type SkipText = Pick<Reason, 'text' | 'values'>;

/** `path`: the file or folder that was asked about, as it is to be shown. */
export function skipSentence(path: string, skip: Skip): string {
  return `${path} is not indexed: ${plainText(skipReason(path, skip))}.`;
}

/** A clause without its full stop; rules stand in backticks. */
export function skipReason(path: string, skip: Skip): SkipText {
  const { rule = '' } = skip;
  switch (skip.code) {
    case 'ignored':
      return skip.source ? says(skip.source, rule) : told("the editor's settings exclude `{0}`", rule);
    case 'always-excluded':
      return alwaysExcluded(rule);
    case 'secret':
      return told('files of this name hold secrets, so Kenning never opens them');
    case 'generated':
      return generated(path, skip);
    case 'vendored':
      return vendored(skip.source, rule);
    case 'too-large':
      return rule ? told('it is larger than {0}', rule) : told('it is larger than the limit');
    case 'binary':
      return told('it is not text');
    case 'minified':
      return minified(rule);
    case 'empty':
      return told('it is empty');
    case 'not-a-file':
      return notAFile(rule);
    case 'unreadable':
      return unreadable(rule);
    case 'unsupported':
      return told('files of this type (`{0}`) hold no functions', rule);
  }
}

const told = (text: string, ...values: string[]): SkipText => ({ text, values });

function says(source: string, rule: string): SkipText {
  const { file, line } = placeOf(source);
  return line ? told('{0} line {1} says `{2}`', file, line, rule) : told('{0} says `{1}`', file, rule);
}

function vendored(source = '.gitattributes', rule: string): SkipText {
  const { file, line } = placeOf(source);
  return line
    ? told('{0} line {1} marks `{2}` as vendored', file, line, rule)
    : told('{0} marks `{1}` as vendored', file, rule);
}

const LONG_LINE = /^one line of (\d+) characters$/;
const LONG_LINES = /^(\d+) characters a line on average$/;

function minified(rule: string): SkipText {
  const length = LONG_LINE.exec(rule)?.[1];
  if (length) return told('it is minified (one line of {0} characters)', length);
  const mean = LONG_LINES.exec(rule)?.[1];
  if (mean) return told('it is minified ({0} characters a line on average)', mean);
  return told('its name says that it is minified (`{0}`)', rule);
}

const NOT_FILES: Readonly<Record<string, string>> = {
  'symbolic link': 'it is a symbolic link, and links are not followed',
  ELOOP: 'it is a symbolic link, and links are not followed',
  ENXIO: 'it is not a regular file',
  folder: 'it is not a regular file but a folder',
  FIFO: 'it is not a regular file but a FIFO',
  socket: 'it is not a regular file but a socket',
  device: 'it is not a regular file but a device',
};

function notAFile(rule: string): SkipText {
  const known = NOT_FILES[rule];
  if (known) return told(known);
  return rule ? told('it is not a regular file ({0})', rule) : told('it is not a regular file');
}

const ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission to read it ({0})',
  EPERM: 'you have no permission to read it ({0})',
  ENOENT: 'it does not exist ({0})',
  ENAMETOOLONG: 'its path is longer than the system allows ({0})',
};

const DEPTH = /^more than (\d+) folders deep$/;

function unreadable(rule: string): SkipText {
  if (rule === 'outside the folder') return told('it lies outside the folder');
  if (rule === 'name not UTF-8') return told('its name is not UTF-8');
  const depth = DEPTH.exec(rule)?.[1];
  if (depth) return told('it lies more than {0} folders deep', depth);
  return rule ? told(ERRORS[rule] ?? 'it could not be read ({0})', rule) : told('it could not be read');
}

function alwaysExcluded(rule: string): SkipText {
  if (rule.startsWith('.git')) return told("it belongs to git's own data");
  return rule.endsWith('/')
    ? told("`{0}` never holds a project's own code", rule)
    : told('the folder is marked by `{0}`', rule);
}

function generated(path: string, { rule = '', source }: Skip): SkipText {
  const { file, line } = placeOf(source ?? '.gitattributes');
  if (isAttribute(source)) {
    return line
      ? told('{0} line {1} marks `{2}` as generated', file, line, rule)
      : told('{0} marks `{1}` as generated', file, rule);
  }
  return line ? told('its line {0} says `{1}`', line, rule) : told('a comment in {0} says `{1}`', path, rule);
}

function isAttribute(source: string | undefined): boolean {
  return source === undefined || /(?:^|[/\\])\.gitattributes:\d+$/.test(source);
}

/** `a/.gitignore:3`; the line may be missing. */
function placeOf(source: string): { readonly file: string; readonly line: string | undefined } {
  const [, file, line] = /^(.*):(\d+)$/s.exec(source) ?? [];
  return { file: file ?? source, line };
}
