/** Unit vectors as bytes and back. The scale is fixed, so that any two vectors can be compared as they are. */
export const SCALE = 127;

/** `vector`: a unit vector. A component's error is at most 1/254. */
export function quantise(vector: Float32Array): Int8Array {
  const bytes = new Int8Array(vector.length);
  for (let i = 0; i < vector.length; i++) bytes[i] = Math.max(-SCALE, Math.min(SCALE, Math.round(vector[i]! * SCALE)));
  return bytes;
}

/** What is left of a vector once it is stored. */
export function dequantise(bytes: Int8Array): Float32Array {
  const vector = new Float32Array(bytes.length);
  for (let i = 0; i < vector.length; i++) vector[i] = bytes[i]! / SCALE;
  return vector;
}

/** Cosines of a float query with the rows at `offsets` of quantised vectors. */
export function cosinesAt(query: Float32Array, vectors: Int8Array, offsets: readonly number[]): Float64Array {
  const cosines = new Float64Array(offsets.length);
  const last = offsets.at(-1)!;
  // Four sums that need not wait for each other; each is made in the order of its components.
  for (let at = 0; at < offsets.length; at += 4) {
    const [a, b, c, d] = [offsets[at]!, offsets[at + 1] ?? last, offsets[at + 2] ?? last, offsets[at + 3] ?? last];
    let [first, second, third, fourth] = [0, 0, 0, 0];
    for (let i = 0; i < query.length; i++) {
      const component = query[i]!;
      first += component * vectors[a + i]!;
      second += component * vectors[b + i]!;
      third += component * vectors[c + i]!;
      fourth += component * vectors[d + i]!;
    }
    // What is past the end is dropped.
    cosines.set([first, second, third, fourth].slice(0, offsets.length - at), at);
  }
  return cosines.map((sum) => sum / SCALE);
}

/** Quantised vectors as they come from a file or a database: the same bytes, read with their signs. */
export function asInt8({ buffer, byteOffset, length }: Uint8Array): Int8Array {
  return new Int8Array(buffer, byteOffset, length);
}
