/**
 * What one search sees: a few segments as one numbered collection, and which of their rows are gone. A search in flight
 * keeps the snapshot that it started with.
 */
import {
  addTermScores,
  type CollectionStatistics,
  collectionStatistics,
  inverseDocumentFrequency,
  type LexicalWeights,
  type RowScores,
  type Scoring,
  scoringOf,
} from '../../core/lexical/bm25f.ts';
import { postingRange } from '../../core/lexical/postings.ts';
import { byPlace } from '../../core/ranking/by-place.ts';
import type { FileRow } from '../store/file-table.ts';
import { KINDS } from '../store/records.ts';
import { cosinesAt } from '../vectors/quantise.ts';
import { type ScoredRow, topPositive, topRows } from '../vectors/top.ts';
import { fileSimilarity } from './file-vectors.ts';
import { rowsHolding, type TermIdGroups } from './holding.ts';
import { best, listed, type PlacedRow, union } from './placed-rows.ts';
import type { LexicalQuestion, Proposal, Question } from './proposal.ts';
import type { SnapshotPart } from './snapshot-part.ts';

/** A term with its weight and its rarity in one. */
interface RareTerm {
  readonly id: number;
  readonly idf: number;
}

export class Snapshot {
  readonly generation: number;
  readonly parts: readonly SnapshotPart[];
  /** File id → file. */
  readonly files: ReadonlyMap<number, FileRow>;
  /** Part by part: which rows are gone; null where none is. */
  readonly #gone: readonly (Uint8Array | null)[];
  readonly #statistics: CollectionStatistics;
  /** By the weights: nearly always the product's. */
  readonly #scorings = new Map<LexicalWeights, Scoring>();
  /** By term, those that were asked for: where rows are gone, all of a term's have to be looked at. */
  readonly #rowsOf = new Map<number, number>();

  constructor(generation: number, parts: readonly SnapshotPart[], files: ReadonlyMap<number, FileRow>) {
    this.generation = generation;
    this.parts = parts;
    this.files = files;
    this.#gone = parts.map(({ gone }) => (gone.includes(1) ? gone : null));
    this.#statistics = collectionStatistics(parts.map(({ sums }) => sums));
  }

  /** Inverse document frequency of a term over all parts: that of the same functions in a new index. */
  rarity(term: number): number {
    return inverseDocumentFrequency(this.#statistics.rows, this.#rowsWith(term));
  }

  /** Whether any function has the term. The store knows those, too, that none has any more. */
  holds(term: number): boolean {
    return this.#rowsWith(term) > 0;
  }

  #rowsWith(term: number): number {
    const known = this.#rowsOf.get(term);
    if (known !== undefined) return known;
    const rows = this.#countRows(term);
    this.#rowsOf.set(term, rows);
    return rows;
  }

  #countRows(term: number): number {
    let rows = 0;
    for (const [p, { segment }] of this.parts.entries()) {
      const { postingRows } = segment.postings;
      const [start, end] = postingRange(segment.postings, term);
      rows += end - start;
      const gone = this.#gone[p];
      if (gone) for (let i = start; i < end; i++) rows -= gone[postingRows[i]!]!;
    }
    return rows;
  }

  /** The union of the `depth` best of each list. */
  propose(question: Question, depth: number): Proposal[] {
    const terms = this.#rareTerms(question);
    const lexical = this.#lexicalScores(terms, question.weights);
    const keeps = this.parts.map((part) => this.#keeper(part, question));
    const near = this.#fileSimilarities(question.vector);
    const nearest = listed(this.parts, depth, (part, p, k, above) => nearestIn(part, question, k, keeps[p]!, above));
    const isAll = !question.keep && !question.only;
    const positive = listed(lexical, depth, ({ all, blocks }, p, k, above) =>
      topPositive(all, blocks, k, isAll ? null : keeps[p]!, above),
    );
    const picked = union([best(nearest, depth), best(positive, depth)]);
    const semantic = this.#cosines(question.vector, picked);
    return picked.map(({ part, row }, i) => {
      const { segment } = this.parts[part]!;
      const { id, path } = this.#place(this.parts[part]!, row);
      return {
        id,
        path,
        semantic: semantic[i]!,
        lexical: lexical[part]!.all[row]!,
        nameLexical: lexical[part]!.names[row]!,
        fileSemantic: near(segment.fileIds[row]!),
      };
    });
  }

  #cosines(vector: Float32Array, picked: readonly PlacedRow[]): Float64Array {
    const cosines = new Float64Array(picked.length);
    this.parts.forEach(({ segment }, p) => {
      const places = picked.flatMap(({ part }, i) => (part === p ? [i] : []));
      const offsets = places.map((i) => picked[i]!.row * segment.dimensions);
      cosinesAt(vector, segment.vectors, offsets).forEach((cosine, i) => {
        cosines[places[i]!] = cosine;
      });
    });
    return cosines;
  }

  /** The functions that satisfy every group, those first that answer the question best by their words. */
  holding(groups: TermIdGroups, question: LexicalQuestion): Pick<Proposal, 'id' | 'path'>[] {
    const lexical = this.#lexicalScores(this.#rareTerms(question), question.weights);
    const found = this.parts.flatMap((part, p) => {
      const keeps = this.#keeper(part, question);
      const holding = rowsHolding(part.segment.postings, groups);
      const rows: ScoredRow[] = [];
      holding.forEach((holds, row) => {
        if (holds && keeps(row)) rows.push({ row, score: lexical[p]!.all[row]! });
      });
      return rows.map(({ row, score }) => ({ ...this.#place(part, row), score }));
    });
    return found.sort((a, b) => b.score - a.score || byPlace(a, b));
  }

  #rareTerms({ terms }: LexicalQuestion): RareTerm[] {
    return terms.map(({ id, weight }) => ({ id, idf: weight * this.rarity(id) }));
  }

  /** Part by part, the score of each row; valid until the next call. */
  #lexicalScores(terms: readonly RareTerm[], weights: LexicalWeights): RowScores[] {
    const scoring = this.#scoringWith(weights);
    return this.parts.map(({ segment, scratch }, p) => {
      for (const scores of [scratch.all, scratch.names, scratch.blocks]) scores.fill(0);
      const gone = this.#gone[p]!;
      for (const { id, idf } of terms) addTermScores(segment.postings, id, idf, scoring, scratch, gone);
      return scratch;
    });
  }

  #scoringWith(weights: LexicalWeights): Scoring {
    const scoring = this.#scorings.get(weights) ?? scoringOf(weights, this.#statistics);
    this.#scorings.set(weights, scoring);
    return scoring;
  }

  /** File id → cosine of its mean with `vector`; each file is looked at once. */
  #fileSimilarities(vector: Float32Array): (file: number) => number {
    const known = new Map<number, number>();
    const parts = this.parts.map(({ files }) => files);
    return (file) => {
      const before = known.get(file);
      if (before !== undefined) return before;
      const similarity = fileSimilarity(parts, file, vector);
      known.set(file, similarity);
      return similarity;
    };
  }

  #keeper({ segment, gone }: SnapshotPart, { keep, only }: Pick<Question, 'keep' | 'only'>): (row: number) => boolean {
    const stands = (row: number): boolean => gone[row] === 0 && (!only || only.has(segment.ids[row]!));
    if (!keep) return stands;
    return (row) => {
      const file = stands(row) ? this.files.get(segment.fileIds[row]!) : undefined;
      return (
        file !== undefined && keep({ path: file.path, language: file.language, kind: KINDS[segment.kinds[row]!]! })
      );
    };
  }

  #place({ segment }: SnapshotPart, row: number): Pick<Proposal, 'id' | 'path'> {
    return { id: segment.ids[row]!, path: this.files.get(segment.fileIds[row]!)?.path ?? '' };
  }
}

/** A filter makes a graph search find too little, so the scan answers then. */
function nearestIn(
  { graph, scan, gone }: SnapshotPart,
  { vector, keep, only }: Question,
  k: number,
  keeper: (row: number) => boolean,
  above: number | undefined,
): ScoredRow[] {
  if (graph && !keep && !only) return graph.nearest(vector, k, keeper);
  return topRows(scan.scores(vector, gone), k, keeper, above);
}
