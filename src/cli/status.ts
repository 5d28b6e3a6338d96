/** `kenning status`: the index's state, without touching it; with `--verify`, whether it is sound. */

import { printable } from '../core/agents/printable.ts';
import type { VerifyReport } from '../engine/api/repair.ts';
import type { IndexStatus } from '../engine/api/status.ts';
import type { Engine } from '../engine/api.ts';
import { ENGINE_OPTIONS, noPositionals, parseArguments } from './arguments.ts';
import { formatBytes, formatCount, formatSkipped } from './format.ts';
import { type Io, styled } from './io.ts';
import { withEngine } from './session.ts';

export async function status(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, { ...ENGINE_OPTIONS, verify: { type: 'boolean' } });
  noPositionals(parsed);
  return withEngine(parsed, async (engine) => {
    if (parsed.values.verify) return verify(engine, parsed.values.json === true, io);
    const state = engine.status();
    io.out(parsed.values.json ? `${JSON.stringify(state)}\n` : humanStatus(state));
    return 0;
  });
}

const DAMAGED = 1;

/** Exit code: 0 where the index is sound, 1 where it is not. */
async function verify(engine: Engine, json: boolean, io: Io): Promise<number> {
  const report = await engine.verify();
  io.out(json ? `${JSON.stringify(report)}\n` : humanReport(report, io));
  return report.sound ? 0 : DAMAGED;
}

function humanReport({ folder, sound, checks, remedy, seconds }: VerifyReport, io: Io): string {
  const lines = checks.flatMap(({ checked, problems }) => [
    `${problems.length === 0 ? styled(io, 'green', 'ok   ') : styled(io, 'red', 'wrong')}  ${checked}`,
    ...problems.map((problem) => `       ${printable(problem)}`),
  ]);
  const end = sound ? `The index is sound (${seconds.toFixed(1)} s).` : `The index is damaged. ${remedy ?? ''}`;
  return `${[`folder  ${folder}`, ...lines, end].join('\n')}\n`;
}

const RUNTIMES = { native: 'native', wasm: 'WebAssembly', none: 'none needed' } as const;

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
    `runtime    ${RUNTIMES[state.runtime ?? 'none']}`,
    `updated    ${state.updatedAt === null ? 'never' : new Date(state.updatedAt).toISOString()}`,
  ];
  const skipped = formatSkipped(state.skipped);
  if (skipped) lines.push(`skipped    ${skipped}`);
  return `${[...lines, ...state.notices].join('\n')}\n`;
}
