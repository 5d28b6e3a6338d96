/** What every answer to a request shares: errors that travel with their code, and cancelling as a signal. */
import type { CancellationToken } from 'vscode-jsonrpc/node';
import { KenningError } from '../core/errors.ts';
import { toWire } from './wire-errors.ts';

export async function wired<T>(answer: () => Promise<T>): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    // A bug: what travels is its message alone.
    if (!(error instanceof KenningError)) console.error(error);
    throw toWire(error);
  }
}

export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
