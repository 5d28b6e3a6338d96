/**
 * How long a user waits for the first hits in a folder that was never indexed: the background process starts, the folder is
 * opened, its update begins, and a question is asked at once and again until it is answered with hits. One file is open in
 * the editor, so that it comes first; beside that, until other files are searchable as well.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ServiceClient } from '../../src/service/client.ts';
import { WHOLE_FOLDER } from '../../src/service/update-request.ts';

const POLL_MS = 10;

export interface FirstAnswers {
  /** Until the first answer with hits, and how many functions it covers. */
  readonly firstMs: number;
  readonly firstFunctions: number;
  /** The same of the first answer that covers more. */
  readonly moreMs: number;
  readonly moreFunctions: number;
}

/** `storageDir` is emptied. `path`: of the open file; `query` is about it. */
export async function measureFirst(
  folder: string,
  storageDir: string,
  installDir: string,
  path: string,
  query: string,
): Promise<FirstAnswers> {
  await rm(storageDir, { recursive: true, force: true });
  const since = performance.now();
  const workerPath = join(installDir, 'dist', 'worker.mjs');
  const client = new ServiceClient({ workerPath, log: () => undefined, first: () => [join(folder, path)] });
  try {
    client.openFolder({ folder, storageDir, installDir });
    client.update(folder, WHOLE_FOLDER);
    const answered = async (functions: number): Promise<{ ms: number; functions: number }> => {
      for (;;) {
        const answer = await client.search({ query, limit: 10 });
        if (answer && answer.hits.length > 0 && answer.functions >= functions)
          return { ms: performance.now() - since, functions: answer.functions };
        await setTimeout(POLL_MS);
      }
    };
    const first = await answered(1);
    const more = await answered(first.functions + 1);
    return {
      firstMs: first.ms,
      firstFunctions: first.functions,
      moreMs: more.ms,
      moreFunctions: more.functions,
    };
  } finally {
    await client.stop();
    await rm(storageDir, { recursive: true, force: true });
  }
}
