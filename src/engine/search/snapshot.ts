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
  rowScores,
  type Scoring,
  scoringOf,
} from '../../core/lexical/bm25f.ts';
import { FieldSums } from '../../core/lexical/field-sums.ts';
import { postingRange } from '../../core/lexical/postings.ts';
import { byPlace } from '../../core/ranking/by-place.ts';
import type { FileRow } from '../store/file-table.ts';
import { KINDS } from '../store/records.ts';
import type { Segment } from '../store/segment.ts';
import type { Graph } from '../vectors/graph.ts';
import { cosinesAt, SCALE } from '../vectors/quantise.ts';
import { createScan, type Scan } from '../vectors/scan.ts';
import { type ScoredRow, topPositive, topRows } from '../vectors/top.ts';
import { FileVectors, fileSimilarity } from './file-vectors.ts';
import { rowsHolding, type TermIdGroups } from './holding.ts';
import type { FilterableRow } from './row-filter.ts';

/** A segment with what searching adds to it. */
export interface SnapshotPart {
  readonly segment: Segment;
  readonly scan: Scan;
  /** 1 for rows that are in the store no more. */
  readonly gone: Uint8Array;
  /** Over the rows that are not gone. */
  readonly files: FileVectors;
  readonly sums: FieldSums;
  readonly graph: Graph | null;
  /** One for each row, to reckon with while one question is answered: to make it anew each time costs more. */
  readonly scratch: RowScores;
}

/** `scanModule`: null to compare vectors without WebAssembly. */
export function partOf(segment: Segment, scanModule: WebAssembly.Module | null): SnapshotPart {
  return partWith(segment, createScan(scanModule, segment.vectors, segment.dimensions));
}

/** `scan`: over the segment's vectors, or a copy of them: one is kept. */
export function partWith(segment: Segment, scan: Scan): SnapshotPart {
  const own = { ...segment, vectors: scan.vectors };
  const [gone, scratch] = [new Uint8Array(segment.rows), rowScores(segment.rows)];
  const sums = FieldSums.of(own.postings);
  return { segment: own, scan, gone, files: new FileVectors(own, gone), sums, graph: null, scratch };
}

/** From now on the row counts no more, for no snapshot. */
export function markGone({ gone, files, sums }: SnapshotPart, row: number): void {
  if (gone[row] === 1) return;
  gone[row] = 1;
  files.remove(row);
  sums.remove(row);
}

/** The same part without some more of its rows; what others see of it stays as it is. */
export function partWithout(part: SnapshotPart, rows: readonly number[]): SnapshotPart {
  const [gone, sums] = [part.gone.slice(), part.sums.copy()];
  for (const row of rows) {
    if (gone[row] === 0) sums.remove(row);
    gone[row] = 1;
  }
  return { ...part, gone, sums };
}

/** A function that one of the two lists proposes, with its score on both. */
export interface Proposal {
  readonly id: number;
  readonly path: string;
  /** Cosine. */
  readonly semantic: number;
  /** BM25F. */
  readonly lexical: number;
  /** BM25 of the name alone. */
  readonly nameLexical: number;
  /** Cosine with the mean of the file's vectors. */
  readonly fileSemantic: number;
}

/** A term that occurs in the index, and how much it counts: 1 for one that was asked for as it is. */
export interface WeightedTerm {
  readonly id: number;
  readonly weight: number;
}

/** A question without its vector. */
export interface LexicalQuestion {
  readonly terms: readonly WeightedTerm[];
  readonly weights: LexicalWeights;
  readonly keep: ((row: FilterableRow) => boolean) | null;
}

export interface Question extends LexicalQuestion {
  readonly vector: Float32Array;
  /** Ids of the only functions that come into question; absent or null: all. */
  readonly only?: ReadonlySet<number> | null;
}

/** A row of a part, both by their places. */
interface PlacedRow {
  readonly part: number;
  readonly row: number;
}

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
    const nearest = this.parts.map((_, p) => this.#nearest(p, question, depth + 1, keeps[p]!));
    const isAll = (p: number): boolean => !this.#gone[p] && !question.keep && !question.only;
    const positive = lexical.map(({ all, blocks }, p) =>
      topPositive(all, blocks, depth + 1, isAll(p) ? null : keeps[p]!),
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
    return this.parts.map(({ segment, scratch }) => {
      for (const scores of [scratch.all, scratch.names, scratch.blocks]) scores.fill(0);
      for (const { id, idf } of terms) addTermScores(segment.postings, id, idf, scoring, scratch);
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

  /** A filter makes a graph search find too little, so the scan answers then. */
  #nearest(part: number, question: Question, depth: number, keeper: (row: number) => boolean): ScoredRow[] {
    const { vector, keep, only } = question;
    const { graph, scan, gone } = this.parts[part]!;
    if (graph && !keep && !only) return graph.nearest(vector, depth, keeper);
    return topRows(scan.scores(vector, gone), depth, keeper).map(({ row, score }) => ({
      row,
      score: score / SCALE ** 2,
    }));
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

/**
 * The best of several lists of one kind of score, each of them longer than `depth` where there is more. Which of two equal
 * rows comes first is a matter of what was indexed first: equal ones that would be cut apart are left out together, unless
 * that would leave too few.
 */
function best(lists: readonly (readonly ScoredRow[])[], depth: number): PlacedRow[] {
  const all = lists.flatMap((list, part) => list.map(({ row, score }) => ({ part, row, score })));
  if (lists.length > 1) all.sort((a, b) => b.score - a.score);
  if (all.length <= depth) return all;
  const next = all[depth]!.score;
  const clear = all.findIndex(({ score }) => score === next);
  return all.slice(0, clear > depth / 2 ? clear : depth);
}

/** Each row once, where it comes first. */
function union(lists: readonly (readonly PlacedRow[])[]): PlacedRow[] {
  const seen = new Map<number, Set<number>>();
  return lists.flat().filter(({ part, row }) => {
    const rows = seen.get(part) ?? new Set<number>();
    seen.set(part, rows);
    return rows.size < rows.add(row).size;
  });
}
