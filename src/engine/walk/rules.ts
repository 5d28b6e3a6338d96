/**
 * The rules in force inside one folder: those of the folder around it, plus its own files. Kinds come in ripgrep's order:
 * `.kenningignore` over `.ignore` over `.gitignore`; within a kind the nearest file wins, as in git. A repository inside
 * another starts git's rules afresh. Paths here count from the tree's top, the repository's root where there is one.
 */
import { join } from 'node:path';
import { type Mark, parseAttributes } from '../../core/files/attribute-lines.ts';
import type { FileSystem } from './file-system.ts';
import { type GitSettings, gitDirOf, type NamedText, readRuleFile } from './git-repository.ts';
import { attributeLevelOf, type Level, levelOf, withFolderTakenBack } from './rule-level.ts';

/** Lists run from the strongest to the weakest level. */
export interface Rules {
  readonly kenningIgnore: readonly Level[];
  readonly ignore: readonly Level[];
  readonly gitIgnore: readonly Level[];
  /** `.git/info/exclude`, then the user's excludes. */
  readonly repository: readonly Level[];
  readonly attributes: Readonly<Record<Mark, readonly Level[]>>;
  /** Of all ignore files, the strongest first: the first four lists in a row. */
  readonly ignoring: readonly Level[];
}

/** What reading rules needs to know about the tree as a whole. */
export interface RuleReader {
  readonly fs: FileSystem;
  /** Absolute. */
  readonly top: string;
  /** The top-relative path of the walked folder, ending in `/`; empty when it is the top. */
  readonly prefix: string;
  readonly settings: GitSettings;
}

const NO_ATTRIBUTES = { generated: [], vendored: [] } as const;
const NO_RULES: Rules = {
  kenningIgnore: [],
  ignore: [],
  gitIgnore: [],
  repository: [],
  attributes: NO_ATTRIBUTES,
  ignoring: [],
};
export const RULE_FILES = ['.kenningignore', '.ignore', '.gitignore', '.gitattributes'] as const;

/** Rules at the tree's top, before its own files. */
export async function topRules(reader: RuleReader): Promise<Rules> {
  return withRepository(reader, NO_RULES, '');
}

/** Rules inside a folder. `path`: top-relative, ending in `/`, empty for the top; `names`: the files that it holds. */
export async function rulesInside(
  reader: RuleReader,
  outer: Rules,
  path: string,
  names: ReadonlySet<string>,
): Promise<Rules> {
  const startsRepository = path !== '' && names.has('.git') && (await gitDirOf(reader.fs, join(reader.top, path)));
  const around = startsRepository ? await withRepository(reader, outer, path) : outer;
  const read = (name: string) => (names.has(name) ? readRuleFile(reader.fs, join(reader.top, path, name)) : null);
  if (!RULE_FILES.some((name) => names.has(name))) return around;
  const [kenningIgnore, ignore, gitIgnore, attributes] = await Promise.all(RULE_FILES.map(read));
  const prepend = (file: NamedText | null | undefined, levels: readonly Level[]) =>
    prependLevel(reader, file, path, levels);
  return joined({
    kenningIgnore: prepend(kenningIgnore, around.kenningIgnore),
    ignore: prepend(ignore, around.ignore),
    gitIgnore: prepend(gitIgnore, around.gitIgnore),
    repository: around.repository,
    attributes: withAttributes(reader, attributes, path, around.attributes),
  });
}

/** Inside a folder that is walked although a weaker rule ignores it, that rule no longer speaks of it. */
export function rulesTakenBack(rules: Rules, path: string): Rules {
  const takenBack = (levels: readonly Level[]) => withFolderTakenBack(levels, path);
  if (takenBack(rules.ignoring) === rules.ignoring) return rules;
  return joined({
    kenningIgnore: takenBack(rules.kenningIgnore),
    ignore: takenBack(rules.ignore),
    gitIgnore: takenBack(rules.gitIgnore),
    repository: takenBack(rules.repository),
    attributes: rules.attributes,
  });
}

async function withRepository(reader: RuleReader, outer: Rules, path: string): Promise<Rules> {
  const gitDir = await gitDirOf(reader.fs, join(reader.top, path));
  const exclude = gitDir ? await readRuleFile(reader.fs, join(gitDir, 'info', 'exclude')) : null;
  const global = prependLevel(reader, reader.settings.excludes, path, []);
  return joined({
    ...outer,
    gitIgnore: [],
    repository: prependLevel(reader, exclude, path, global),
    attributes: NO_ATTRIBUTES,
  });
}

function prependLevel(
  reader: RuleReader,
  file: NamedText | null | undefined,
  path: string,
  levels: readonly Level[],
): readonly Level[] {
  const level = file && levelOf(file.text, labelOf(reader, file.path), path.length, reader.settings.ignoreCase);
  return level ? [level, ...levels] : levels;
}

function withAttributes(
  reader: RuleReader,
  file: NamedText | null | undefined,
  path: string,
  outer: Rules['attributes'],
): Rules['attributes'] {
  if (!file) return outer;
  const lines = parseAttributes(file.text);
  const levels = (mark: Mark) => {
    const label = labelOf(reader, file.path);
    const level = attributeLevelOf(lines, mark, label, path.length, reader.settings.ignoreCase);
    return level ? [level, ...outer[mark]] : outer[mark];
  };
  return { generated: levels('generated'), vendored: levels('vendored') };
}

/** Relative to the walked folder for what lies inside it, else absolute. */
function labelOf({ top, prefix }: RuleReader, path: string): string {
  const folder = join(top, prefix, '/');
  return path.startsWith(folder) ? path.slice(folder.length).replaceAll('\\', '/') : path;
}

function joined(rules: Omit<Rules, 'ignoring'>): Rules {
  const { kenningIgnore, ignore, gitIgnore, repository } = rules;
  return { ...rules, ignoring: [...kenningIgnore, ...ignore, ...gitIgnore, ...repository] };
}
