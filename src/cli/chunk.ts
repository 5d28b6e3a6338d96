/** `kenning chunk --jsonl`: the functions that would be indexed, a JSON object a line. Training reads this. */
import { once } from 'node:events';
import { jsonLine } from '../core/agents/printable.ts';
import { chunkFolder } from '../engine/chunk.ts';
import { findInstallDir, grammarDir } from '../engine/install-dir.ts';
import { folderOf, noPositionals, parseArguments, usage } from './arguments.ts';
import type { Io } from './io.ts';

export async function chunk(args: readonly string[], { closed }: Io): Promise<number> {
  const parsed = parseArguments(args, { path: { type: 'string' }, jsonl: { type: 'boolean' } });
  noPositionals(parsed);
  if (!parsed.values.jsonl) throw usage('chunk prints JSON lines only: kenning chunk --jsonl [--path DIR]');
  let written = 0;
  for await (const { path, functions } of chunkFolder(
    folderOf(parsed),
    grammarDir(findInstallDir(import.meta.dirname)),
  )) {
    for (const fn of functions) {
      written++;
      if (!process.stdout.write(jsonLine({ path, ...fn }))) await drained(closed);
      if (closed.aborted) return 0;
    }
  }
  return written > 0 ? 0 : 1;
}

async function drained(signal: AbortSignal): Promise<void> {
  await once(process.stdout, 'drain', { signal }).catch(() => undefined);
}
