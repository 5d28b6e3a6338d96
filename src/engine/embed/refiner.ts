/**
 * The second student: refines the first one's vectors of the same texts, within the same space. It is some fifty times
 * as slow as the first, and knows nothing of files or functions.
 */
import { queryText } from '../../core/student/template.ts';
import type { RefinerCard, RefinerFiles } from './refiner-card.ts';
import { type Entry, refineEntries } from './refiner-runs.ts';
import type { Runtime } from './runtime.ts';
import { createSession } from './session.ts';
import { createTokenReader } from './tokens.ts';

/** What refines functions: the refiner itself, or threads that run it. */
export interface CodeRefiner {
  /** More texts may be given before the last ones are answered: it works beside the caller's thread. */
  readonly isAside?: boolean;
  /**
   * Unit vectors in the order of `entries`; zeros for a text without words. `turn` is awaited before each run of the
   * model, a few milliseconds, or before a few of them where they are made aside; what it throws ends the work.
   */
  refineCode(entries: readonly Entry[], turn?: () => Promise<void>): Promise<Float32Array[]>;
}

export interface Refiner extends CodeRefiner {
  readonly fingerprint: string;
  readonly dimensions: number;
  /** What the model reads of a text: ids of its words; none for a text without words. */
  idsOf(text: string): number[];
  /** Texts as the model reads them. `bases`: the student's vectors of them. */
  entriesOf(texts: readonly string[], bases: readonly Float32Array[]): Entry[];
  /** `base`: the student's vector of the same question. */
  refineQuery(query: string, base: Float32Array): Promise<Float32Array>;
  dispose(): Promise<void>;
}

export async function loadRefiner(
  { card, fingerprint, onnx, tokenizer }: RefinerFiles,
  runtime?: Runtime,
): Promise<Refiner> {
  const session = await createSession(onnx, runtime);
  const idsOf = refinerTokens(card, tokenizer);
  const noTurn = async (): Promise<void> => {};
  const entriesOf: Refiner['entriesOf'] = (texts, bases) =>
    texts.map((text, i) => ({ ids: idsOf(text), base: bases[i]! }));
  return {
    fingerprint,
    dimensions: card.dimensions,
    idsOf,
    entriesOf,
    refineQuery: async (query, base) => {
      const entries = entriesOf([queryText(card.queryTemplate, query)], [base]);
      return (await refineEntries(session, entries, noTurn))[0]!;
    },
    refineCode: (entries, turn = noTurn) => refineEntries(session, entries, turn),
    dispose: () => session.release(),
  };
}

/** Text → `[cls]`, the ids of its words, `[sep]`; empty for a text without words. */
export function refinerTokens(
  { specialTokens: { cls, sep }, maxTokens }: RefinerCard,
  tokenizerJson: string,
): (text: string) => number[] {
  const read = createTokenReader(tokenizerJson);
  return (text) => {
    const ids = read(text, maxTokens - 2);
    return ids.length === 0 ? [] : [cls, ...ids, sep];
  };
}
