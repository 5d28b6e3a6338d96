/** Takes the student's table out of its ONNX file, which training made; the constants' names are the exporter's. */
import { KenningError } from '../../core/errors.ts';
import { BOOK_BYTES, CODE_DIMENSIONS, type PackedTable } from '../../core/student/packed-table.ts';
import { asInt8 } from '../vectors/quantise.ts';
import type { ModelFiles } from './model-card.ts';
import { type OnnxConstant, onnxConstants } from './onnx-constants.ts';

/** `TensorProto.DataType`. */
const [UINT8, INT8, UINT16, FLOAT16] = [2, 3, 4, 10];

/** Throws `model-unusable` for a file that is packed in another way. */
export function packedTable({ card, onnx }: Pick<ModelFiles, 'card' | 'onnx'>): PackedTable {
  const { dimensions } = card;
  const unusable = (what: string, cause?: unknown): KenningError =>
    new KenningError('model-unusable', `The model ${card.id} cannot be used: ${what}.`, { cause });
  const constants = constantsOf(onnx, unusable);
  const bytesOf = (name: string, type: number): Uint8Array => {
    const { bytes, ...constant } = constants.get(name) ?? { type: 0, bytes: new Uint8Array() };
    if (constant.type !== type) throw unusable(`its table is packed in another way (${name})`);
    return bytes;
  };
  const table = {
    dimensions,
    places: uint16Copy(bytesOf('place', UINT16)),
    wholeRows: asInt8(bytesOf('whole_rows', INT8)),
    codes: bytesOf('codes', UINT8),
    books: asInt8(bytesOf('books', INT8)),
    factors: uint16Copy(bytesOf('half_factors', FLOAT16)),
  };
  if (!isWhole(table)) throw unusable('the parts of its table do not fit together');
  return table;
}

function constantsOf(
  onnx: Uint8Array,
  unusable: (what: string, cause: unknown) => KenningError,
): ReadonlyMap<string, OnnxConstant> {
  try {
    return onnxConstants(onnx);
  } catch (cause) {
    throw unusable('model.onnx is no ONNX file', cause);
  }
}

const SIDES = 2;

function isWhole({ dimensions, places, wholeRows, codes, books, factors }: PackedTable): boolean {
  const codesOfRow = dimensions / CODE_DIMENSIONS;
  return (
    wholeRows.length / dimensions + codes.length / codesOfRow === places.length &&
    books.length === codesOfRow * BOOK_BYTES &&
    factors.length === SIDES * places.length
  );
}

/** In the file it may begin at an odd byte, where no view can. */
const uint16Copy = (bytes: Uint8Array): Uint16Array => new Uint16Array(Uint8Array.from(bytes).buffer);
