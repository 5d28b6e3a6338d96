/**
 * Fills the model card's templates: which parts of a function the student reads, and in what order. Where the template
 * has `SEPARATOR` between them, which no word holds, a text can be taken apart into its fields again.
 */
import type { CodeFunction } from '../code-function.ts';

const PLACEHOLDER = /\{(\w+)\}/g;
const SEPARATOR = '\u001f';

/** The text that the student embeds for `fn` in the file `path`; an unknown placeholder stays as it is. */
export function codeText(template: string, path: string, fn: CodeFunction): string {
  return template.replace(PLACEHOLDER, (whole, key: string) => codeField(key, path, fn) ?? whole);
}

export function queryText(template: string, query: string): string {
  return template.replace(PLACEHOLDER, (whole, key: string) => (key === 'query' ? query : whole));
}

/** The parts of a text that was made of `template`: what follows the beginning of the last one is all of that one. */
export function textFields(template: string, text: string): string[] {
  const parts = text.split(SEPARATOR);
  const before = template.split(SEPARATOR).length - 1;
  return parts.length > before ? [...parts.slice(0, before), parts.slice(before).join(SEPARATOR)] : parts;
}

function codeField(key: string, path: string, fn: CodeFunction): string | undefined {
  switch (key) {
    case 'name':
      return fn.name;
    case 'qualifiedName':
      return fn.qualifiedName;
    case 'path':
      return path;
    case 'signature':
      return fn.signature;
    case 'doc':
      return fn.doc;
    case 'code':
      return fn.code;
    default:
      return undefined;
  }
}
