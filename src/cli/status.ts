/** `kenning status`: the index's state, without touching it. */
import type { IndexStatus } from '../engine/api.ts';
import { ENGINE_OPTIONS, noPositionals, parseArguments } from './arguments.ts';
import { formatBytes, formatCount, formatSkipped } from './format.ts';
import type { Io } from './io.ts';
import { withEngine } from './session.ts';

export async function status(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, ENGINE_OPTIONS);
  noPositionals(parsed);
  return withEngine(parsed, async (engine) => {
    const state = engine.status();
    io.out(parsed.values.json ? `${JSON.stringify(state)}\n` : humanStatus(state));
    return 0;
  });
}

function humanStatus(state: IndexStatus): string {
  const { refined } = state;
  const lines = [
    `folder     ${state.folder}`,
    `indexed    ${formatCount(state.functions, 'function')} of ${formatCount(state.files, 'file')}${state.complete ? '' : ' (not complete: run kenning index)'}`,
    ...(refined === null
      ? []
      : [`refined    ${refined.toLocaleString('en')} of ${formatCount(state.functions, 'function')}`]),
    `on disk    ${formatBytes(state.bytes)}`,
    `model      ${state.model}`,
    `vectors    ${state.vectorIndex}`,
    `updated    ${state.updatedAt === null ? 'never' : new Date(state.updatedAt).toISOString()}`,
  ];
  const skipped = formatSkipped(state.skipped);
  if (skipped) lines.push(`skipped    ${skipped}`);
  return `${[...lines, ...state.notices].join('\n')}\n`;
}
