/** A question's words as terms of the index with their weights: as they are, without accents, or corrected. */
import { queryStems, queryTerms, stem } from '../../core/lexical/terms.ts';
import { foldAccents } from '../../core/query/fold-accents.ts';
import { splitWords } from '../../core/text/split-words.ts';
import { type Correction, correctionsOf, mayBeMisspelt, type Vocabulary } from './corrections.ts';
import type { WeightedTerm } from './proposal.ts';

export interface QuestionTerms {
  /** The question's own, whether they occur or not. */
  readonly asked: readonly string[];
  /** Of the terms that occur; each once. */
  readonly terms: readonly WeightedTerm[];
  /**
   * Stem → what it weighs in names, in the question's order: its rarity, less for a corrected one. A stem that something else
   * stands for is left out.
   */
  readonly stems: ReadonlyMap<string, number>;
}

/** Shorter rests of an identifier are no words. */
const SHORTEST_PART = 3;
/** As the index finds them. */
const IDENTIFIER = /[\p{L}_$][\p{L}\p{Nd}_$]*/gu;

/** More unknown terms than these are another language, not misspelt; an identifier counts with its words. */
const MOST_CORRECTED = 4;

export function questionTerms(vocabulary: Vocabulary, text: string): QuestionTerms {
  const asked = queryTerms(text);
  const ids = heldTerms(vocabulary, asked);
  const missing = asked.filter((term) => !ids.has(term));
  const instead = missing.length > 0 ? standIns(vocabulary, text, missing) : new Map<string, Correction[]>();
  return {
    asked,
    terms: weightedTerms(ids.values(), [...instead.values()].flat()),
    stems: weightedStems(vocabulary, text, ids, instead),
  };
}

/** Term → id, of those that a function holds. */
function heldTerms({ store, snapshot }: Vocabulary, terms: readonly string[]): Map<string, number> {
  return new Map([...store.termIds(terms)].filter(([, id]) => snapshot.holds(id)));
}

/** The same term for two words counts once, by the better one. */
function weightedTerms(ids: Iterable<number>, instead: readonly Correction[]): WeightedTerm[] {
  const weights = new Map<number, number>();
  for (const id of ids) weights.set(id, 1);
  for (const { id, weight } of instead) weights.set(id, Math.max(weight, weights.get(id) ?? 0));
  return Array.from(weights, ([id, weight]) => ({ id, weight }));
}

function weightedStems(
  { snapshot }: Vocabulary,
  text: string,
  ids: ReadonlyMap<string, number>,
  instead: ReadonlyMap<string, readonly Correction[]>,
): Map<string, number> {
  const stems = new Map<string, number>();
  const add = (corrections: readonly Correction[]): void => {
    const shared = corrections.filter(({ term }) => !term.startsWith('='));
    for (const { term, id, weight } of shared) {
      stems.set(term, Math.max(stems.get(term) ?? 0, (weight * snapshot.rarity(id)) / shared.length));
    }
  };
  const asked = queryStems(text);
  for (const stem of asked) {
    const corrections = instead.get(stem);
    if (corrections) add(corrections);
    else stems.set(stem, snapshot.rarity(ids.get(stem) ?? 0));
  }
  // Those of whole identifiers, whose words are there already.
  for (const [term, corrections] of instead) if (!asked.includes(term)) add(corrections);
  return stems;
}

/** Missing term → what stands for it, for those that something stands for. */
function standIns(vocabulary: Vocabulary, text: string, missing: readonly string[]): Map<string, Correction[]> {
  const found = new Map<string, Correction[]>();
  const words = new Map(splitWords(text).map((word) => [stem(word), word]));
  const identifiers = new Map((text.match(IDENTIFIER) ?? []).map((each) => [`=${bareName(each)}`, each]));
  const unknown: [term: string, word: string][] = [];
  for (const term of missing) {
    const word = words.get(term) ?? term;
    const bare = withoutAccents(vocabulary, word);
    if (bare) found.set(term, [bare]);
    else if (mayBeMisspelt(vocabulary, foldAccents(word))) unknown.push([term, foldAccents(word)]);
  }
  if (unknown.length > MOST_CORRECTED) return found;
  for (const [term, word] of unknown) {
    const parts = splitWords(identifiers.get(term) ?? '');
    const near = correctionsOf(vocabulary, word, parts);
    if (near.length > 0) found.set(term, [...near, ...correctedPart(vocabulary, parts, near[0]!)]);
  }
  return found;
}

const bareName = (identifier: string): string => identifier.toLowerCase().replace(/[_$]/g, '');

/** The same word without its accents, if that occurs. */
function withoutAccents(vocabulary: Vocabulary, word: string): Correction | null {
  const bare = foldAccents(word);
  if (bare === word) return null;
  const term = stem(bare);
  const id = heldTerms(vocabulary, [term]).get(term);
  return id === undefined ? null : { term, id, weight: 1 };
}

/** Of `parsHeader`, taken for `=parseheader`: parse. `parts`: the words as asked; none for a plain word. */
function correctedPart(vocabulary: Vocabulary, parts: readonly string[], { term, weight }: Correction): Correction[] {
  const whole = term.slice(1);
  for (let i = 0; i < parts.length; i++) {
    const before = parts.slice(0, i).join('');
    const after = parts.slice(i + 1).join('');
    const isRest = whole.startsWith(before) && whole.slice(before.length).endsWith(after);
    const part = isRest ? whole.slice(before.length, whole.length - after.length) : '';
    const id = part.length < SHORTEST_PART ? undefined : heldTerms(vocabulary, [stem(part)]).get(stem(part));
    if (id !== undefined) return [{ term: stem(part), id, weight }];
  }
  return [];
}
