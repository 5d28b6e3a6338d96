/** A second view is asked for only where the first one leaves a doubt. */
import { describe, expect, test } from 'vitest';
import type { RankedHit, RankingQuery } from '../../../src/core/ranking/candidate.ts';
import { RERANKING } from '../../../src/core/ranking/parameters.ts';
import { secondViewHelps } from '../../../src/core/ranking/where-it-helps.ts';

const hit = (score: number, boosts: RankedHit['boosts'] = {}): RankedHit => ({
  id: score,
  score,
  semantic: 0,
  lexical: 0,
  boosts,
  also: [],
});
const { clearLead } = RERANKING;
const CLOSE = [hit(1), hit(1 - clearLead / 2), hit(0.1)];

const CASES: readonly [string, RankingQuery['kind'], readonly RankedHit[], boolean][] = [
  ['two that are close', 'description', CLOSE, true],
  ['two that are close, of how something works', 'how', CLOSE, true],
  ['equals', 'description', [hit(1), hit(1)], true],
  ['the name of a symbol', 'symbol', CLOSE, false],
  ['a clear lead', 'description', [hit(1), hit(1 - 2 * clearLead), hit(0.1)], false],
  ['the first is what the question names', 'description', [hit(1, { definition: 0.1 }), ...CLOSE.slice(1)], false],
  ['the second is what the question names', 'how', [hit(1), hit(1, { definition: 0.1 })], true],
  ['one hit', 'description', [hit(1)], false],
  ['none', 'description', [], false],
];

describe('a second view helps', () => {
  test.each(CASES)('%s', (_, kind, hits, helps) => {
    expect(secondViewHelps({ kind }, hits)).toBe(helps);
  });
});
