/** What the store takes and gives. Plain data. */
import type { CodeFunction, FunctionKind, Part } from '../../core/code-function.ts';
import type { FieldTerms } from '../../core/lexical/fields.ts';
import type { SkipCode } from '../../core/skip.ts';

/** In stored order: a kind's place is its code, so new ones go to the end. */
export const KINDS: readonly FunctionKind[] = [
  'function',
  'method',
  'constructor',
  'class',
  'interface',
  'enum',
  'type',
  'module',
  'lines',
];

/** Two indexes of different identity have nothing to say to each other. */
export interface IndexIdentity {
  readonly format: number;
  readonly chunker: number;
  /** The student's fingerprint. */
  readonly model: string;
}

export interface FunctionRecord {
  readonly fn: CodeFunction;
  /** Of the text that was embedded. */
  readonly contentHash: string;
  readonly vector: Int8Array;
  /** Whether the vector is the refiner's; the student's own otherwise. */
  readonly refined: boolean;
  readonly terms: FieldTerms;
}

/** A vector and whose it is. */
export type StoredVector = Pick<FunctionRecord, 'vector' | 'refined'>;

/** A file with functions whose vectors are still the student's own. */
export interface WaitingFile {
  readonly path: string;
  readonly hash: string;
}

export interface WaitingFunction {
  readonly id: number;
  readonly contentHash: string;
}

/** The refined vector of the function `id`. */
export interface RefinedVector {
  readonly id: number;
  readonly vector: Int8Array;
}

export interface FileRecord {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** 0: the file is to be read again whatever its times are. */
  readonly ctimeMs: number;
  readonly hash: string;
  readonly language: string;
  /** Why a file that was read holds nothing to index; null for one that is indexed. */
  readonly skip: SkipCode | null;
  readonly functions: readonly FunctionRecord[];
}

export type StoredFile = Pick<FileRecord, 'size' | 'mtimeMs' | 'ctimeMs' | 'hash'>;

/** One transaction. */
export interface Batch {
  readonly upserts?: readonly FileRecord[];
  /** Same content, other time. */
  readonly touched?: readonly Pick<FileRecord, 'path' | 'size' | 'mtimeMs' | 'ctimeMs'>[];
  readonly removed?: readonly string[];
  /** What the walk left out, by reason; replaces the last count. */
  readonly skipped?: Readonly<Partial<Record<SkipCode, number>>>;
  /** The whole folder has been seen. */
  readonly finished?: boolean;
}

/** A function that is in the store no more, and its place among those that went. */
export interface GoneFunction {
  readonly place: number;
  readonly id: number;
}

/** A function as a hit shows it. */
export interface StoredFunction {
  readonly id: number;
  readonly path: string;
  readonly language: string;
  readonly kind: FunctionKind;
  readonly name: string;
  readonly qualifiedName: string;
  readonly preview: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly part: Part | null;
}

export interface StoreCounts {
  readonly files: number;
  readonly functions: number;
}
