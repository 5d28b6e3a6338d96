/** The editor's exclude globs as one matcher. They are the user's own settings: no ignore file takes them back. */
import type { Ignore } from 'ignore';
import { expandBraces } from '../../core/files/expand-braces.ts';
import { matcherOf, type Rule } from './rule-level.ts';

/** Null without globs. An editor's glob counts from the folder, where an ignore file's `*.js` would match at any depth. */
export function editorExcludes(globs: readonly string[]): Ignore | null {
  if (globs.length === 0) return null;
  const rules = globs.flatMap((glob) => expandBraces(glob).map((one) => ({ pattern: anchored(one), mark: glob })));
  return matcherOf(rules, process.platform === 'win32' || process.platform === 'darwin');
}

/** `path`: relative to the folder, ending in `/` when it is one. */
export function editorRule(excludes: Ignore | null, path: string): Rule | null {
  const glob = excludes?.test(path).rule?.mark;
  return glob === undefined ? null : { pattern: glob };
}

function anchored(glob: string): string {
  return `/${glob
    .trim()
    .replace(/^(?:\.?\/)+/, '')
    .replace(/[\\ ]/g, '\\$&')}`;
}
