/** Unit vectors as bytes and back. The scale is fixed, so that any two vectors can be compared as they are. */
export const SCALE = 127;

/** `vector`: a unit vector. A component's error is at most 1/254. */
export function quantise(vector: Float32Array): Int8Array {
  const bytes = new Int8Array(vector.length);
  for (let i = 0; i < vector.length; i++) bytes[i] = Math.max(-SCALE, Math.min(SCALE, Math.round(vector[i]! * SCALE)));
  return bytes;
}

/** Cosine of a float query with the row at `offset` of quantised vectors. */
export function cosineAt(query: Float32Array, vectors: Int8Array, offset: number): number {
  let sum = 0;
  for (let i = 0; i < query.length; i++) sum += query[i]! * vectors[offset + i]!;
  return sum / SCALE;
}

/** Quantised vectors as they come from a file or a database: the same bytes, read with their signs. */
export function asInt8({ buffer, byteOffset, length }: Uint8Array): Int8Array {
  return new Int8Array(buffer, byteOffset, length);
}
