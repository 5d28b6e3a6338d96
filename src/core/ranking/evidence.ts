/** What speaks for a candidate besides the two lists, as plain numbers: how much each counts is `rank.ts`'s business. */
import { type Aside, asideOf, asidesAsked, isInternal } from './aside.ts';
import type { Candidate, RankingQuery } from './candidate.ts';
import { coverage, nameMatch } from './name-match.ts';

export interface CandidateEvidence {
  readonly id: number;
  readonly path: string;
  /** Normalised over the query's candidates, 0..1. */
  readonly semantic: number;
  readonly lexical: number;
  /** How well the qualified name answers the question, 0..1. */
  readonly name: number;
  /** Share of the file's own name that the question covers. */
  readonly file: number;
  /** The same of its folder. */
  readonly folder: number;
  /** 1 for a leftover chunk. */
  readonly module: number;
  /** 1 when the path says that it is not meant for users of the code. */
  readonly internal: number;
  /** What keeps the file aside, unless the question asks for it. */
  readonly aside: Aside | null;
}

export function evidenceOf(candidates: readonly Candidate[], query: RankingQuery): CandidateEvidence[] {
  const asked = asidesAsked(query.text);
  const lists = normalised(candidates);
  const paths = new Map<string, PathEvidence>();
  return candidates.map((candidate, i) => {
    const isModule = candidate.kind === 'module' || candidate.kind === 'lines';
    return {
      id: candidate.id,
      path: candidate.path,
      ...lists[i]!,
      name: isModule ? 0 : nameMatch(query, candidate.qualifiedName),
      module: isModule ? 1 : 0,
      ...pathEvidence(candidate.path, query, asked, paths),
    };
  });
}

type PathEvidence = Pick<CandidateEvidence, 'file' | 'folder' | 'internal' | 'aside'>;

/** Many candidates share a file: its path is looked at once. */
function pathEvidence(
  path: string,
  query: RankingQuery,
  asked: ReadonlySet<Aside>,
  known: Map<string, PathEvidence>,
): PathEvidence {
  const before = known.get(path);
  if (before) return before;
  const parts = path.split('/');
  const file = parts.at(-1)!.replace(/(?<=.)\.[^/]*$/, '');
  const aside = asideOf(path);
  const evidence = {
    file: coverage(query, file),
    folder: coverage(query, parts.at(-2) ?? ''),
    internal: isInternal(path) ? 1 : 0,
    aside: aside && !asked.has(aside) ? aside : null,
  };
  known.set(path, evidence);
  return evidence;
}

/** Semantic scores from the list's lowest to its highest, lexical ones by the highest: a BM25 of 0 means no word in common. */
function normalised(candidates: readonly Candidate[]): { semantic: number; lexical: number }[] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let most = 0;
  for (const { semantic, lexical } of candidates) {
    low = Math.min(low, semantic);
    high = Math.max(high, semantic);
    most = Math.max(most, lexical);
  }
  return candidates.map(({ semantic, lexical }) => ({
    semantic: high > low ? (semantic - low) / (high - low) : 0,
    lexical: most > 0 ? lexical / most : 0,
  }));
}
