/**
 * Makes scores of several folders' answers comparable. A folder's ranking knows its own candidates only: its nearest counts
 * 1, however far away it is. Here the nearest of all folders does. Pure; nothing is ranked anew.
 */
import type { Candidate } from './candidate.ts';
import { RANKING } from './parameters.ts';

/** What the two lists of a question span in a folder, before they are normalised. */
export interface Scale {
  /** Cosines. */
  readonly lowest: number;
  readonly highest: number;
  /** The highest BM25F. */
  readonly lexical: number;
}

/** Null without candidates. */
export function scaleOf(candidates: readonly Pick<Candidate, 'semantic' | 'lexical'>[]): Scale | null {
  if (candidates.length === 0) return null;
  const cosines = candidates.map(({ semantic }) => semantic);
  const lexical = Math.max(0, ...candidates.map((candidate) => candidate.lexical));
  return { lowest: Math.min(...cosines), highest: Math.max(...cosines), lexical };
}

/** What is read and changed of a hit. */
interface Scored {
  readonly score: number;
  readonly why: {
    readonly semantic: number;
    readonly lexical: number;
    readonly boosts: Readonly<Record<string, number>>;
  };
}

/** They are given for standing out among a folder's own candidates, and so count as much as those do. */
const RELATIVE_BOOSTS: readonly string[] = ['hits', 'name words'];

/**
 * The same hits with scores and evidence as though all folders were one. `scale`: null or absent where scores are absolute
 * already, as those of code compared with code. One folder's answer stays as it is.
 */
export function comparable<H extends Scored>(
  answers: readonly { readonly hits: readonly H[]; readonly scale?: Scale | null | undefined }[],
): H[] {
  const scales = answers.flatMap(({ hits, scale }) => (scale && hits.length > 0 ? [scale] : []));
  if (scales.length < 2) return answers.flatMap(({ hits }) => hits);
  const all = {
    lowest: Math.min(...scales.map(({ lowest }) => lowest)),
    highest: Math.max(...scales.map(({ highest }) => highest)),
    lexical: Math.max(...scales.map(({ lexical }) => lexical)),
  };
  return answers.flatMap(({ hits, scale }) => (scale ? hits.map((hit) => rescaled(hit, scale, all)) : hits));
}

function rescaled<H extends Scored>(hit: H, own: Scale, all: Scale): H {
  const cosine = own.lowest + hit.why.semantic * (own.highest - own.lowest);
  const semantic = all.highest > all.lowest ? (cosine - all.lowest) / (all.highest - all.lowest) : 0;
  const lexical = all.lexical > 0 ? (hit.why.lexical * own.lexical) / all.lexical : 0;
  const [before, after] = [fused(hit.why), fused({ semantic, lexical })];
  const factor = before > 0 ? after / before : 1;
  const boosts = { ...hit.why.boosts };
  let score = hit.score + after - before;
  for (const name of RELATIVE_BOOSTS) {
    const boost = boosts[name];
    if (boost === undefined) continue;
    boosts[name] = boost * factor;
    score += boosts[name] - boost;
  }
  return { ...hit, score, why: { ...hit.why, semantic, lexical, boosts } };
}

const fused = ({ semantic, lexical }: { readonly semantic: number; readonly lexical: number }): number =>
  RANKING.semanticShare * semantic + (1 - RANKING.semanticShare) * lexical;
