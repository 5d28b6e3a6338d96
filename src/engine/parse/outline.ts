/** A parsed text's functions and types with their places, for who has to know what stands around a line. */
import type { CodeFunction } from '../../core/code-function.ts';
import type { OutlineEntry } from '../api/search.ts';
import type { ParsedFile } from './parser.ts';

/** The pieces of a long function are one; what is left of a file, and windows of lines, are none. */
export function outlineOf({ functions }: ParsedFile): OutlineEntry[] {
  return functions
    .filter(({ kind, part }) => kind !== 'module' && kind !== 'lines' && (part === null || part.index === 0))
    .map(entryOf)
    .sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

function entryOf({ qualifiedName, kind, part, ...lines }: CodeFunction): OutlineEntry {
  const { startLine, endLine } = part ?? lines;
  return { name: qualifiedName, kind, startLine, endLine };
}
