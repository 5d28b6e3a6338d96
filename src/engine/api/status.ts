/** What is known of a folder's index, and of one file in it. */
import type { Skip, SkipCode } from '../../core/skip.ts';
import type { RuntimeName } from './options.ts';

export interface IndexStatus {
  readonly folder: string;
  readonly files: number;
  readonly functions: number;
  /** False until a whole update has finished since the index was made. */
  readonly complete: boolean;
  /** Grows with every committed batch. */
  readonly generation: number;
  readonly bytes: number;
  readonly model: string;
  /** Functions with refined vectors; null where no refiner is in use. */
  readonly refined: number | null;
  /** `exact`, or `graph` once one is built and chosen. */
  readonly vectorIndex: 'exact' | 'graph';
  /** What models run on; null where none needs a runtime. */
  readonly runtime: RuntimeName | null;
  /** Milliseconds since the epoch of the last finished update; null before the first. */
  readonly updatedAt: number | null;
  readonly skipped: Readonly<Partial<Record<SkipCode, number>>>;
  /** Facts a user should hear once, such as a missing native library. */
  readonly notices: readonly string[];
}

export type WhyAnswer =
  | {
      readonly path: string;
      readonly indexed: true;
      readonly language: string;
      readonly functions: number;
      /** Why the file was cut into windows of lines although its language is known; null where it was not. */
      readonly problem: string | null;
    }
  | { readonly path: string; readonly indexed: false; readonly skip: Skip };
