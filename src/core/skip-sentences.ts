/** A reason as one sentence for people. */
import type { Skip } from './skip.ts';

/** `path`: the file or folder that was asked about, as it is to be shown. */
export function skipSentence(path: string, skip: Skip): string {
  return `${path} is not indexed: ${reasonOf(path, skip)}.`;
}

function reasonOf(path: string, skip: Skip): string {
  const { rule = '' } = skip;
  switch (skip.code) {
    case 'ignored':
      return skip.source ? `${placeOf(skip.source)} says \`${rule}\`` : `the editor's settings exclude \`${rule}\``;
    case 'always-excluded':
      return alwaysExcluded(rule);
    case 'secret':
      return 'files of this name hold secrets, so Kenning never opens them';
    case 'generated':
      return generated(path, skip);
    case 'vendored':
      return `${placeOf(skip.source ?? '.gitattributes')} marks \`${rule}\` as vendored`;
    case 'too-large':
      return `it is larger than ${rule || 'the limit'}`;
    case 'binary':
      return 'it is not text';
    case 'minified':
      return rule.includes(' ') ? `it is minified (${rule})` : `its name says that it is minified (\`${rule}\`)`;
    case 'empty':
      return 'it is empty';
    case 'not-a-file':
      return NOT_FILES[rule] ?? `it is not a regular file${rule && ` but a ${rule}`}`;
    case 'unreadable':
      return unreadable(rule);
    case 'unsupported':
      return `files of this type (\`${rule}\`) hold no functions`;
  }
}

const NOT_FILES: Readonly<Record<string, string>> = {
  'symbolic link': 'it is a symbolic link, and links are not followed',
  ELOOP: 'it is a symbolic link, and links are not followed',
  ENXIO: 'it is not a regular file',
};

const ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission to read it',
  EPERM: 'you have no permission to read it',
  ENOENT: 'it does not exist',
  ENAMETOOLONG: 'its path is longer than the system allows',
};

function unreadable(rule: string): string {
  if (rule === 'outside the folder') return 'it lies outside the folder';
  if (rule === 'name not UTF-8') return 'its name is not UTF-8';
  if (rule.startsWith('more than ')) return `it lies ${rule}`;
  const words = ERRORS[rule] ?? 'it could not be read';
  return rule ? `${words} (${rule})` : words;
}

function alwaysExcluded(rule: string): string {
  if (rule.startsWith('.git')) return "it belongs to git's own data";
  return rule.endsWith('/') ? `\`${rule}\` never holds a project's own code` : `the folder is marked by \`${rule}\``;
}

function generated(path: string, { rule = '', source }: Skip): string {
  const place = placeOf(source ?? '.gitattributes');
  return isAttribute(source) ? `${place} marks \`${rule}\` as generated` : `${lineOf(source, path)} says \`${rule}\``;
}

function isAttribute(source: string | undefined): boolean {
  return source === undefined || /(?:^|[/\\])\.gitattributes:\d+$/.test(source);
}

/** `a/.gitignore:3` → `a/.gitignore line 3`. */
function placeOf(source: string): string {
  return source.replace(/:(\d+)$/, ' line $1');
}

function lineOf(source: string | undefined, path: string): string {
  const line = /:(\d+)$/.exec(source ?? '')?.[1];
  return line ? `its line ${line}` : `a comment in ${path}`;
}
