/** Bytes that grow in place: tens of thousands of small arrays would cost far more than what is in them. */

export class ByteList {
  #buffer = new Uint8Array(65_536);
  length = 0;

  push(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** `value`: a whole number from 0 to 2⁵³. Seven bits a byte, the lowest first. */
  pushVarint(value: number): void {
    this.#reserve(MOST_BYTES);
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.#buffer[this.length++] = (rest & 127) | 128;
    this.#buffer[this.length++] = rest;
  }

  /** A view, until the next `push`. */
  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.length);
  }

  #reserve(bytes: number): void {
    const end = this.length + bytes;
    if (end <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(end, Math.ceil(1.5 * this.#buffer.length)));
    larger.set(this.bytes());
    this.#buffer = larger;
  }
}

/** Of a number of 53 bits. */
const MOST_BYTES = 8;

/** `count` numbers that `pushVarint` wrote, from `start` on, and where they end. */
export function readVarints(bytes: Uint8Array, start: number, count: number): { values: number[]; end: number } {
  let end = start;
  const values = Array.from({ length: count }, () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[end++]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  });
  return { values, end };
}

/** Each number's difference from the one before it: few bytes where neighbours are alike. */
export function encodeDifferences(values: ArrayLike<number>): Uint8Array {
  const list = new ByteList();
  let last = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = values[i]! - last;
    last = values[i]!;
    list.pushVarint(difference < 0 ? -2 * difference - 1 : 2 * difference);
  }
  return list.bytes();
}

/** Fills `target` with what `encodeDifferences` was given. */
export function decodeDifferences<Values extends Uint32Array | Uint16Array>(bytes: Uint8Array, target: Values): Values {
  let value = 0;
  for (let i = 0, at = 0; i < target.length; i++) {
    const byte = bytes[at++]!;
    // Nearly all are of one byte.
    if (byte < 128) {
      value += (byte >>> 1) ^ -(byte & 1);
    } else {
      let number = byte & 127;
      for (let factor = 128; bytes[at - 1]! > 127; factor *= 128) number += (bytes[at++]! & 127) * factor;
      value += number % 2 === 0 ? number / 2 : -(number + 1) / 2;
    }
    target[i] = value;
  }
  return target;
}
