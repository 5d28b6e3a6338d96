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
    const lengths = Array.from({ length: FIELD_COUNT }, (_, field) => sumOf(postings.fieldLengths, field));
    return new FieldSums(postings, postings.rows, lengths);
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

/** Of one field: of each row. */
function sumOf(fieldLengths: Uint16Array, field: number): number {
  let sum = 0;
  for (let i = field; i < fieldLengths.length; i += FIELD_COUNT) sum += fieldLengths[i]!;
  return sum;
}
