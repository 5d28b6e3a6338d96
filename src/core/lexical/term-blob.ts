/** A row's terms as bytes: ascending ids as variable-length differences, then a byte that names the fields and their counts. */
import { countIn, FIELD_COUNT } from './fields.ts';
import type { RowTerms } from './postings.ts';

/** `terms` ascending. */
export function encodeTerms({ terms, counts }: RowTerms): Uint8Array {
  const bytes: number[] = [];
  let last = 0;
  terms.forEach((term, i) => {
    pushVarint(bytes, term - last);
    last = term;
    pushCounts(bytes, counts[i]!);
  });
  return Uint8Array.from(bytes);
}

export function decodeTerms(bytes: Uint8Array): RowTerms {
  const terms: number[] = [];
  const counts: number[] = [];
  let last = 0;
  for (let at = 0; at < bytes.length; ) {
    let delta = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      delta += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    last += delta;
    const mask = bytes[at++]!;
    let packed = 0;
    for (let field = 0; field < FIELD_COUNT; field++)
      if (mask & (1 << field)) packed += bytes[at++]! * 2 ** (8 * field);
    terms.push(last);
    counts.push(packed);
  }
  return { terms: Uint32Array.from(terms), counts: Uint32Array.from(counts) };
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function pushCounts(bytes: number[], packed: number): void {
  let mask = 0;
  for (let field = 0; field < FIELD_COUNT; field++) if (countIn(packed, field) > 0) mask |= 1 << field;
  bytes.push(mask);
  for (let field = 0; field < FIELD_COUNT; field++) if (mask & (1 << field)) bytes.push(countIn(packed, field));
}
