/** The rankings that the evaluation compares with the shipped one: each leaves one thing out. */
import { FIELDS } from '../../src/core/lexical/fields.ts';
import { LEXICAL_WEIGHTS, RANKING, type RankingParameters } from '../../src/core/ranking/parameters.ts';
import { PROPOSING, type Proposing } from './pools.ts';

export interface Variant {
  readonly name: string;
  readonly parameters: RankingParameters;
  readonly proposing: Proposing;
}

const SHARE = 'semanticShare';
const none = Object.fromEntries(Object.keys(RANKING).map((key) => [key, 0])) as { [K in keyof RankingParameters]: 0 };

function ranking(name: string, change: Partial<RankingParameters>): Variant {
  return { name, parameters: { ...RANKING, ...change }, proposing: PROPOSING };
}

/** By the lists alone, by every parameter, by every lexical field, by the term table, by the order of words. */
export function variants(): Variant[] {
  return [
    ranking('lexical list only, all evidence', { [SHARE]: 0 }),
    ranking('semantic list only, all evidence', { [SHARE]: 1 }),
    ranking('both lists, no evidence', { ...none, [SHARE]: RANKING[SHARE] }),
    ranking('lexical list, no evidence', none),
    ranking('semantic list, no evidence', { ...none, [SHARE]: 1 }),
    ...Object.keys(RANKING)
      .filter((key) => key !== SHARE)
      .map((key) => ranking(`without \`${key}\``, { [key]: 0 })),
    ...FIELDS.map((field, at) => ({
      name: `without the lexical field ${field}`,
      parameters: RANKING,
      proposing: { ...PROPOSING, weights: { ...LEXICAL_WEIGHTS, fields: LEXICAL_WEIGHTS.fields.with(at, 0) } },
    })),
    {
      name: 'without words alike in names',
      parameters: RANKING,
      proposing: { ...PROPOSING, isAlike: false },
    },
    {
      name: 'without the words of the term table',
      parameters: RANKING,
      proposing: { ...PROPOSING, isExpanded: false },
    },
    {
      name: 'without the order of words, in names of files and folders',
      parameters: RANKING,
      proposing: { ...PROPOSING, isOrdered: false },
    },
  ];
}
