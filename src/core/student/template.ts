/** Fills the model card's templates: which parts of a function the student reads, and in what order. */
import type { CodeFunction } from '../code-function.ts';

const PLACEHOLDER = /\{(\w+)\}/g;

/** The text that the student embeds for `fn` in the file `path`; an unknown placeholder stays as it is. */
export function codeText(template: string, path: string, fn: CodeFunction): string {
  return template.replace(PLACEHOLDER, (whole, key: string) => codeField(key, path, fn) ?? whole);
}

export function queryText(template: string, query: string): string {
  return template.replace(PLACEHOLDER, (whole, key: string) => (key === 'query' ? query : whole));
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
