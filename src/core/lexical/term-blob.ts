/**
 * A row's terms as bytes: ascending ids as variable-length differences, each followed by its counts. Small counts of all
 * fields share one byte, which nearly every term gets by with; what does not fit there is a byte that names fields, and theirs.
 */
import { countIn, FIELD_COUNT } from './fields.ts';

/** How many counts of each field, from none on, the one byte tells apart. Their product is `SMALL`. */
const TOLD_APART = [3, 2, 4, 10];
/** From here on a byte's low bits name the fields whose counts follow. */
const SMALL = 240;
/** Byte → the counts that it stands for. */
const PACKED = Uint32Array.from({ length: SMALL }, (_, byte) => {
  let [packed, rest] = [0, byte];
  TOLD_APART.forEach((size, field) => {
    packed += (rest % size) * 2 ** (8 * field);
    rest = Math.floor(rest / size);
  });
  return packed;
});
const CODES = new Map(Array.from(PACKED, (packed, byte) => [packed, byte]));

/** `ids` in any order, each once; `counts` beside them, packed by field. */
export function encodeTerms(ids: readonly number[], counts: readonly number[]): Uint8Array {
  const places = placesByValue(ids);
  return encodeAscending(
    places.map((place) => ids[place]!),
    places.map((place) => counts[place]!),
  );
}

/** As `encodeTerms`, of numbers that ascend: a row's terms, or a term's rows. */
export function encodeAscending(ids: ArrayLike<number>, counts: ArrayLike<number>): Uint8Array {
  const bytes: number[] = [];
  let last = 0;
  for (let i = 0; i < ids.length; i++) {
    pushVarint(bytes, ids[i]! - last);
    last = ids[i]!;
    pushCounts(bytes, counts[i]!);
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
    let byte = bytes[at++]!;
    id += byte & 127;
    for (let factor = 128; byte > 127; factor *= 128) {
      byte = bytes[at++]!;
      id += (byte & 127) * factor;
    }
    const code = bytes[at++]!;
    if (code < SMALL) {
      visit(id, PACKED[code]!);
      continue;
    }
    visit(id, countsAt(bytes, at, code));
    at += fieldsIn(code);
  }
}

function countsAt(bytes: Uint8Array, start: number, named: number): number {
  let packed = 0;
  let at = start;
  for (let field = 0; field < FIELD_COUNT; field++) if (named & (1 << field)) packed |= bytes[at++]! << (8 * field);
  return packed >>> 0;
}

function fieldsIn(named: number): number {
  let count = 0;
  for (let field = 0; field < FIELD_COUNT; field++) if (named & (1 << field)) count++;
  return count;
}

/** Bytes that `writePosting` takes. */
export function postingBytes(difference: number, counts: number): number {
  let bytes = 1;
  for (let rest = difference; rest > 127; rest = Math.floor(rest / 128)) bytes++;
  if (CODES.has(counts)) return bytes + 1;
  return bytes + 1 + fieldsIn(fieldsOf(counts));
}

/** Writes one of what `encodeAscending` makes into `bytes`; returns where the next one begins. */
export function writePosting(bytes: Uint8Array, start: number, difference: number, counts: number): number {
  let at = start;
  let rest = difference;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes[at++] = (rest & 127) | 128;
  bytes[at++] = rest;
  const code = CODES.get(counts);
  bytes[at++] = code ?? fieldsOf(counts);
  if (code !== undefined) return at;
  for (let field = 0; field < FIELD_COUNT; field++)
    if (countIn(counts, field) > 0) bytes[at++] = countIn(counts, field);
  return at;
}

/** The byte that names the fields that `packed` counts in. */
function fieldsOf(packed: number): number {
  let named = SMALL;
  for (let field = 0; field < FIELD_COUNT; field++) if (countIn(packed, field) > 0) named |= 1 << field;
  return named;
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
  const code = CODES.get(packed);
  if (code !== undefined) {
    bytes.push(code);
    return;
  }
  bytes.push(fieldsOf(packed));
  for (let field = 0; field < FIELD_COUNT; field++) if (countIn(packed, field) > 0) bytes.push(countIn(packed, field));
}
