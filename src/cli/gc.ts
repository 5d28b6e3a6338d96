/** `kenning gc`: lists every index in the storage, and removes those that nobody needs or that are over a budget. */

import { printable } from '../core/agents/printable.ts';
import type { CollectReason, CollectReport, KeptIndex } from '../engine/api/repair.ts';
import { collectIndexes } from '../engine/repair/collect.ts';
import { defaultStorageDir } from '../engine/storage-dir.ts';
import { noPositionals, parseArguments, usage } from './arguments.ts';
import { formatBytes, formatCount } from './format.ts';
import { type Io, styled } from './io.ts';

/** Exit code: 0, also where nothing was to be removed; 1 where something was and could not be. */
export async function gc(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, {
    'dry-run': { type: 'boolean' },
    budget: { type: 'string' },
    json: { type: 'boolean' },
  });
  noPositionals(parsed);
  const dryRun = parsed.values['dry-run'] === true;
  const budgetBytes = budgetOf(parsed.values.budget);
  const report = collectIndexes({ storageDir: defaultStorageDir(), dryRun, ...(budgetBytes && { budgetBytes }) });
  io.out(parsed.values.json ? `${JSON.stringify(report)}\n` : humanReport(report, dryRun, io));
  return report.refused.length > 0 ? 1 : 0;
}

const BUDGET = /^(\d+(?:\.\d+)?) ?(kB|MB|GB|TB)$/i;
const FACTORS: Readonly<Record<string, number>> = { kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 };

/** In bytes; undefined where none is given. */
function budgetOf(value: string | boolean | undefined): number | undefined {
  if (value === undefined) return undefined;
  const [, number = '', unit = ''] = BUDGET.exec(String(value)) ?? [];
  const bytes = Number(number) * (FACTORS[unit.toLowerCase()] ?? 0);
  // What is left of a unit that nobody meant: a budget of nothing would empty the storage.
  if (!(bytes >= 1)) throw usage(`--budget takes a size such as 500MB or 2GB, not "${String(value)}".`);
  return bytes;
}

const REASONS: Readonly<Record<CollectReason, string>> = {
  'folder-gone': 'its folder is gone',
  leftover: 'left over',
  'unused-model': 'another model is used for its folder',
  'over-budget': 'unused for longest, over the budget',
};

function humanReport(
  { kept, removed, refused, keptBytes, cacheBytes, freedBytes }: CollectReport,
  dryRun: boolean,
  io: Io,
): string {
  const held = new Set(refused.map(({ dir }) => dir));
  const lines = [
    ...kept.filter(({ dir }) => !held.has(dir)).map((index) => line(styled(io, 'green', 'kept   '), index)),
    ...refused.map((index) => line(styled(io, 'yellow', 'in use '), index, index.reason)),
    ...removed.map((index) => line(styled(io, 'red', dryRun ? 'to go  ' : 'removed'), index, index.reason)),
  ];
  const freed = `${formatBytes(freedBytes)} ${dryRun ? 'would be freed' : 'freed'}`;
  const indexes = `${formatCount(kept.length, 'index', 'indexes')} of ${formatBytes(keptBytes)}`;
  const cache = cacheBytes > 0 ? ` and ${formatBytes(cacheBytes)} of vectors for other worktrees` : '';
  const stays = `${indexes}${cache} kept`;
  return `${[...lines, `${freed}; ${stays}.`].join('\n')}\n`;
}

function line(what: string, { folder, model, bytes, usedAt, dir }: KeptIndex, reason?: CollectReason): string {
  const used = usedAt === 0 ? 'never used ' : `used ${new Date(usedAt).toISOString().slice(0, 10)}`;
  const name = printable(`${folder ?? dir}${model === null ? '' : ` (${model})`}`);
  return `${what}  ${formatBytes(bytes).padStart(8)}  ${used}  ${name}${reason ? `: ${REASONS[reason]}` : ''}`;
}
