/**
 * The student model: texts → unit vectors. A sum of a table's rows, so it needs no runtime, and embeds a question at once. It
 * knows nothing of files or functions.
 */
import { setImmediate } from 'node:timers/promises';
import type { KnownWords } from '../../core/query/known-words.ts';
import { type PlaceFactors, type TokenBag, tokenBag } from '../../core/student/bag.ts';
import { sumOfRows } from '../../core/student/packed-table.ts';
import { queryText, textFields } from '../../core/student/template.ts';
import type { ModelFiles } from './model-card.ts';
import type { Vocabulary } from './plain-words.ts';
import { packedTable } from './student-table.ts';
import { readTokenizer } from './tokens.ts';

/** Before a question, and before each so many tokens of texts, some four milliseconds, others may have the thread. */
const TURN_TOKENS = 8192;
const QUERY = 0;
const CODE = 1;

export interface Student {
  readonly dimensions: number;
  readonly fingerprint: string;
  readonly codeTemplate: string;
  /** Words that it has a vector of its own for, lower case; absent: unknown. */
  readonly words?: KnownWords;
  /** Functions to embed between two commits; absent: the usual number. */
  readonly batchFunctions?: number;
  /** A unit vector of `dimensions` floats; all zeros for a text without words. */
  embedQuery(query: string): Promise<Float32Array>;
  /** One vector for each text, in order. */
  embedCode(texts: readonly string[]): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

/** `vocabulary`: the tokenizer's, where the build has packed it. Throws `model-unusable`. */
export function loadStudent(model: ModelFiles, vocabulary: Vocabulary | null = null): Student {
  const { card } = model;
  const table = packedTable(model);
  const { read, words } = readTokenizer(() => model.tokenizer, vocabulary);
  const bagOf = (fields: readonly string[], factors: PlaceFactors): TokenBag =>
    tokenBag(
      fields.map((field) => read(field, card.maxTokens)),
      card.maxTokens,
      factors,
    );
  const queryBag = (query: string): TokenBag => bagOf([queryText(card.queryTemplate, query)], card.placeFactors.query);
  const codeBag = (text: string): TokenBag => bagOf(textFields(card.codeTemplate, text), card.placeFactors.code);
  return {
    dimensions: card.dimensions,
    fingerprint: model.fingerprint,
    codeTemplate: card.codeTemplate,
    words,
    embedQuery: async (query) => {
      // Who asks one question after the other must not keep all else from the thread.
      await setImmediate();
      return sumOfRows(table, queryBag(query), QUERY);
    },
    embedCode: async (texts) => {
      const vectors: Float32Array[] = [];
      let left = 0;
      for (const text of texts) {
        if (left <= 0) {
          await setImmediate();
          left = TURN_TOKENS;
        }
        const bag = codeBag(text);
        vectors.push(sumOfRows(table, bag, CODE));
        left -= bag.ids.length;
      }
      return vectors;
    },
    dispose: async () => {},
  };
}
