/** What speaks for a candidate besides the two lists, as plain numbers: how much each counts is `rank.ts`'s business. */
import { onceForEach } from '../once-for-each.ts';
import { type Aside, asideOf, asidesAsked, isInternal } from './aside.ts';
import type { Candidate, RankingQuery } from './candidate.ts';
import { definitionMatch } from './definition-match.ts';
import { coverage, nameMatch } from './name-match.ts';
import { type PathNames, pathNames } from './path-names.ts';
import { otherPlatform, type PlatformWord, platformsAsked, platformWords } from './platform.ts';

export interface CandidateEvidence {
  readonly id: number;
  readonly path: string;
  /** Normalised over the query's candidates, 0..1. */
  readonly semantic: number;
  readonly lexical: number;
  /** How well the qualified name answers the question, 0..1. */
  readonly name: number;
  /** BM25 of the name's words alone, normalised, 0..1. */
  readonly nameWords: number;
  /** How surely it is what an identifier in the question names, 0..1. */
  readonly definition: number;
  /** Share of the file's own name that the question covers; its later words cover less. */
  readonly file: number;
  /** The same of its folder. */
  readonly folder: number;
  /** How near the file as a whole is to the question, normalised, 0..1. */
  readonly fileMeaning: number;
  /** 1 when the path says that it is not meant for users of the code. */
  readonly internal: number;
  /** 1 for a file of another platform than the machine's, where one of that stands in the same place, unless asked for. */
  readonly platform: number;
  /** What keeps the file aside, unless the question asks for it. */
  readonly aside: Aside | null;
  /** How near its file is to the user's hand, 0..1. */
  readonly near: number;
  readonly alike: readonly string[];
}

export function evidenceOf(candidates: readonly Candidate[], query: RankingQuery): CandidateEvidence[] {
  const semantic = fromLowest(candidates.map((candidate) => candidate.semantic));
  const lexical = ofHighest(candidates.map((candidate) => candidate.lexical));
  const nameWords = ofHighest(candidates.map((candidate) => candidate.nameLexical));
  const fileMeaning = fromLowest(candidates.map((candidate) => candidate.fileSemantic));
  const paths = pathEvidence(candidates, query);
  return candidates.map(({ id, path, kind, qualifiedName, alike }, i) => {
    const isNamed = kind !== 'module' && kind !== 'lines';
    const { file, folder, internal, platform, aside } = paths.get(path)!;
    return {
      id,
      path,
      alike,
      semantic: semantic[i]!,
      lexical: lexical[i]!,
      name: isNamed ? nameMatch(query, qualifiedName) : 0,
      nameWords: nameWords[i]!,
      definition: isNamed ? definitionMatch(query.identifiers, qualifiedName, path) : 0,
      fileMeaning: fileMeaning[i]!,
      near: query.near.get(path) ?? 0,
      file,
      folder,
      internal,
      platform,
      aside,
    };
  });
}

type PathEvidence = Pick<CandidateEvidence, 'file' | 'folder' | 'internal' | 'platform' | 'aside'>;

/** Many candidates share a file: its path is looked at once. */
function pathEvidence(candidates: readonly Candidate[], query: RankingQuery): ReadonlyMap<string, PathEvidence> {
  const asked = asidesAsked(query.text);
  const facts = new Map(candidates.map(({ path }) => [path, pathFacts(path)]));
  const wanted = new Set([...query.own, ...platformsAsked(query.text)]);
  const isOfOther = otherPlatform(
    Array.from(facts.values(), ({ platforms }) => platforms),
    wanted,
  );
  const evidence = new Map<string, PathEvidence>();
  for (const [path, { file, folder, internal, aside, platforms }] of facts) {
    evidence.set(path, {
      file: coverage(query, file),
      folder: coverage(query, folder),
      internal,
      platform: isOfOther(platforms) ? 1 : 0,
      aside: aside && !asked.has(aside) ? aside : null,
    });
  }
  return evidence;
}

/** Bounds the memory; reached only where questions meet very many files. */
const KEPT_PATHS = 20_000;

interface PathFacts extends PathNames, Pick<CandidateEvidence, 'internal' | 'aside'> {
  readonly platforms: readonly PlatformWord[];
}

/** What a path says whatever is asked: eight expressions look at it, and the same files answer again and again. */
const pathFacts = onceForEach(
  KEPT_PATHS,
  (path): PathFacts => ({
    ...pathNames(path),
    internal: isInternal(path) ? 1 : 0,
    platforms: platformWords(path),
    aside: asideOf(path),
  }),
);

/** Cosines say more or less than each other only: the lowest of the list is 0, the highest 1. */
function fromLowest(values: readonly number[]): number[] {
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  return values.map((value) => (range > 0 ? (value - low) / range : 0));
}

/** A BM25 of 0 means no word in common, whatever the others have. */
function ofHighest(values: readonly number[]): number[] {
  const high = Math.max(0, ...values);
  return values.map((value) => (high > 0 ? value / high : 0));
}
