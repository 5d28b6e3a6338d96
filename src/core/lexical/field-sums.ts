/** How many rows count, and how long their fields are together: kept, because to add everything up at each change costs more. */
import { FIELD_COUNT } from './fields.ts';
import type { Postings } from './postings.ts';

type Lengths = Pick<Postings, 'rows' | 'fieldLengths'>;

export class FieldSums {
  readonly #of: Lengths;
  #rows: number;
  readonly #lengths: number[];

  private constructor(of: Lengths, rows: number, lengths: number[]) {
    this.#of = of;
    this.#rows = rows;
    this.#lengths = lengths;
  }

  /** Of all rows. */
  static of(postings: Lengths): FieldSums {
    return new FieldSums(postings, postings.rows, sumsOf(postings.fieldLengths));
  }

  get rows(): number {
    return this.#rows;
  }

  /** By field. */
  get lengths(): readonly number[] {
    return this.#lengths;
  }

  /** Once for each row, when it counts no more. */
  remove(row: number): void {
    this.#rows--;
    for (let field = 0; field < FIELD_COUNT; field++) {
      this.#lengths[field]! -= this.#of.fieldLengths[row * FIELD_COUNT + field]!;
    }
  }

  copy(): FieldSums {
    return new FieldSums(this.#of, this.#rows, [...this.#lengths]);
  }
}

/** By field. `lengths`: row by row. In one go: a start has to do it before it can answer. */
function sumsOf(lengths: Uint16Array): number[] {
  let [name, path, doc, body] = [0, 0, 0, 0];
  for (let i = 0; i < lengths.length; i += FIELD_COUNT) {
    name += lengths[i]!;
    path += lengths[i + 1]!;
    doc += lengths[i + 2]!;
    body += lengths[i + 3]!;
  }
  return [name, path, doc, body];
}
