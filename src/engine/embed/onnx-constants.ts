/**
 * The constants of an ONNX file, by name, where they lie in it: so much of the format as that takes. It knows no operator.
 * Protocol buffers: https://protobuf.dev/programming-guides/encoding/, the fields' numbers: onnx.proto3 of
 * https://github.com/onnx/onnx.
 */

export interface OnnxConstant {
  readonly dims: readonly number[];
  /** As in `TensorProto.DataType`. */
  readonly type: number;
  /** Its numbers, little-endian: a view of the file, at any alignment. */
  readonly bytes: Uint8Array;
}

const GRAPH_OF_MODEL = 7;
const CONSTANT_OF_GRAPH = 5;
const [DIMS, TYPE, NAME, BYTES] = [1, 2, 8, 9];

/** Throws `RangeError` for a file that is none. Constants that lie in other files, or number by number, have no bytes. */
export function onnxConstants(onnx: Uint8Array): ReadonlyMap<string, OnnxConstant> {
  const constants = new Map<string, OnnxConstant>();
  for (const [field, graph] of fieldsOf(onnx)) {
    if (field !== GRAPH_OF_MODEL || typeof graph === 'number') continue;
    for (const [part, constant] of fieldsOf(graph)) {
      if (part === CONSTANT_OF_GRAPH && typeof constant !== 'number') constants.set(...readConstant(constant));
    }
  }
  return constants;
}

function readConstant(message: Uint8Array): [name: string, constant: OnnxConstant] {
  const dims: number[] = [];
  let [name, type, bytes] = ['', 0, new Uint8Array()];
  for (const [field, value] of fieldsOf(message)) {
    if (field === DIMS) dims.push(...(typeof value === 'number' ? [value] : varintsIn(value)));
    else if (field === TYPE && typeof value === 'number') type = value;
    else if (typeof value === 'number') continue;
    else if (field === NAME) name = new TextDecoder().decode(value);
    else if (field === BYTES) bytes = value as Uint8Array<ArrayBuffer>;
  }
  return [name, { dims, type, bytes }];
}

/** How a field's value is written. */
const [VARINT, EIGHT_BYTES, LENGTH_AND_BYTES, FOUR_BYTES] = [0, 1, 2, 5];

/** Numbers, and whatever has a length; what is of a fixed size is passed over. */
function* fieldsOf(message: Uint8Array): Generator<readonly [field: number, value: number | Uint8Array], void> {
  for (let at = 0; at < message.length; ) {
    const key = varintAt(message, at);
    const value = varintAt(message, key.end);
    const [field, kind] = [Math.floor(key.value / 8), key.value % 8];
    if (kind === VARINT) yield [field, value.value];
    if (kind === LENGTH_AND_BYTES) yield [field, message.subarray(value.end, value.end + value.value)];
    at = endOf(kind, key.end, value);
    if (at > message.length) throw new RangeError('The ONNX file is cut.');
  }
}

function endOf(kind: number, start: number, value: Varint): number {
  if (kind === VARINT) return value.end;
  if (kind === LENGTH_AND_BYTES) return value.end + value.value;
  if (kind === EIGHT_BYTES) return start + 8;
  if (kind === FOUR_BYTES) return start + 4;
  throw new RangeError('This is no ONNX file.');
}

interface Varint {
  readonly value: number;
  /** Where what follows begins. */
  readonly end: number;
}

/** Seven bits a byte, the lowest first. */
function varintAt(bytes: Uint8Array, start: number): Varint {
  let [value, factor, at] = [0, 1, start];
  for (; bytes[at]! > 127; at++, factor *= 128) value += (bytes[at]! & 127) * factor;
  return { value: value + (bytes[at] ?? 0) * factor, end: at + 1 };
}

function varintsIn(bytes: Uint8Array): number[] {
  const values: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value, end } = varintAt(bytes, at);
    values.push(value);
    at = end;
  }
  return values;
}
