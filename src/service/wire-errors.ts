/** Carries a `KenningError` over the wire and back, code and sentence intact. */
import { ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import { KenningError } from '../core/errors.ts';
import type { WireError } from './protocol.ts';

export function toWire(error: unknown): Error {
  if (!(error instanceof KenningError)) return error instanceof Error ? error : new Error(String(error));
  return new ResponseError<WireError>(ErrorCodes.InternalError, error.message, { code: error.code });
}

/** Anything that is no `KenningError` of the engine means that the process or the way to it broke. */
export function fromWire(error: unknown): KenningError {
  if (error instanceof KenningError) return error;
  if (error instanceof ResponseError && isWireError(error.data))
    return new KenningError(error.data.code, error.message);
  const reason = error instanceof Error ? error.message : String(error);
  return new KenningError('engine-crashed', `The search engine did not answer: ${reason}`, { cause: error });
}

function isWireError(data: unknown): data is WireError {
  return typeof data === 'object' && data !== null && 'code' in data && typeof data.code === 'string';
}
