/** A row's terms as bytes: ascending ids as variable-length differences, then a byte that names the fields and their counts. */
import { countIn, FIELD_COUNT } from './fields.ts';

/** `ids` in any order, each once; `counts` beside them, packed by field. */
export function encodeTerms(ids: readonly number[], counts: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  let last = 0;
  for (const place of placesByValue(ids)) {
    pushVarint(bytes, ids[place]! - last);
    last = ids[place]!;
    pushCounts(bytes, counts[place]!);
  }
  return Uint8Array.from(bytes);
}

/** Calls `visit` with each term of the blob in `bytes[start, end)`, ids ascending. */
export function visitTerms(
  bytes: Uint8Array,
  start: number,
  end: number,
  visit: (id: number, counts: number) => void,
): void {
  let id = 0;
  for (let at = start; at < end; ) {
    let delta = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      delta += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    id += delta;
    const mask = bytes[at++]!;
    let packed = 0;
    for (let field = 0; field < FIELD_COUNT; field++) if (mask & (1 << field)) packed |= bytes[at++]! << (8 * field);
    visit(id, packed >>> 0);
  }
}

/** Numbers sort natively, and much faster than pairs: value and place travel in one. */
function placesByValue(values: readonly number[]): number[] {
  const count = values.length;
  const keys = Float64Array.from(values, (value, place) => value * count + place).sort();
  return Array.from(keys, (key) => key % count);
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
