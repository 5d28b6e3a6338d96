/**
 * One ignore file's rules and where they count from. Matching is the `ignore` package's; this adds what git does across
 * files: the nearest file that says anything about a path decides.
 */
import ignore, { type Ignore } from 'ignore';
import type { AttributeLine, Mark } from '../../core/files/attribute-lines.ts';

export interface Level {
  /** How many characters of a full path lie before the folder that the rules belong to. */
  readonly base: number;
  readonly matcher: Ignore;
  readonly ignoreCase: boolean;
}

export interface Rule {
  readonly pattern: string;
  /** `path:line` of the rule; absent for the editor's settings. */
  readonly source?: string;
}

/** A rule as it stands in a file, and what to report when it decides. */
export interface MarkedPattern {
  readonly pattern: string;
  readonly mark: string;
}

/**
 * Each `**` multiplies the ways to match by the path's depth. With three, and `MAX_DEPTH` of the tree, the worst rule
 * takes 8 ms for a path; with a dozen it would never end. Rules beyond are dropped: no sane one has as many.
 */
const MAX_GLOBSTARS = 3;

export function matcherOf(rules: readonly MarkedPattern[], ignoreCase: boolean): Ignore {
  return ignore({ ignoreCase }).add(rules.filter(({ pattern }) => pattern.split('**').length - 1 <= MAX_GLOBSTARS));
}

/** Each is asked about every path: 10,000 take some 12 ms for one. A file of more is not what anyone wrote. */
const MAX_RULES = 10_000;

/** `path` names the file in messages. Null when the text holds no rule, or more than anyone wrote. */
export function levelOf(text: string, path: string, base: number, ignoreCase: boolean): Level | null {
  const rules = text.split('\n').map((line, index) => ({ pattern: line, mark: `${path}:${index + 1}` }));
  const count = rules.filter(({ pattern }) => pattern.trim() !== '' && !pattern.startsWith('#')).length;
  if (count === 0 || count > MAX_RULES) return null;
  return { base, matcher: matcherOf(rules, ignoreCase), ignoreCase };
}

/**
 * The lines for one mark. An attribute speaks of files alone and does not pass from a folder to what is inside,
 * where the package passes an ignored folder on: so no folder counts as marked.
 */
export function attributeLevelOf(
  lines: readonly AttributeLine[],
  mark: Mark,
  path: string,
  base: number,
  ignoreCase: boolean,
): Level | null {
  const rules = lines
    .filter((line) => line.mark === mark)
    .map(({ pattern, line }) => ({ pattern, mark: `${path}:${line}` }));
  if (rules.length === 0 || rules.length > MAX_RULES) return null;
  return { base, matcher: matcherOf(rules, ignoreCase).add('!*/'), ignoreCase };
}

/** What the first level with an opinion says; `undefined` when none has one, null when the path is taken back in. */
export function decide(levels: readonly Level[], fullPath: string): Rule | null | undefined {
  for (const { base, matcher } of levels) {
    const { ignored, unignored, rule } = matcher.test(fullPath.slice(base));
    if (ignored) return { pattern: rule!.pattern.trimEnd(), ...(rule!.mark ? { source: rule!.mark } : {}) };
    if (unignored) return null;
  }
  return undefined;
}

/**
 * The levels as they hold inside a folder that is walked although some of them ignore it: a nearer file took it back
 * in, or the user opened it. git then asks anew about each path inside, while the package would pass the folder's
 * fate on; a rule for exactly this folder stops it.
 */
export function withFolderTakenBack(levels: readonly Level[], fullPath: string): readonly Level[] {
  if (!levels.some(({ base, matcher }) => matcher.test(fullPath.slice(base)).ignored)) return levels;
  return levels.map((level) => {
    const path = fullPath.slice(level.base);
    if (!level.matcher.test(path).ignored) return level;
    const pattern = `!/${path.replace(/[\\*?[\] !#]/g, '\\$&')}`;
    return { ...level, matcher: ignore({ ignoreCase: level.ignoreCase }).add(level.matcher).add({ pattern }) };
  });
}
