/**
 * Entry of a thread that does nothing but parse. It holds no model and no file, so that it may be ended at any moment.
 * Bundled on its own; `threaded-parser.ts` starts it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createParser, type ParsedFile } from './parser.ts';

export interface ThreadData {
  readonly grammarDir: string;
}

export interface ToParse {
  readonly path: string;
  readonly text: string;
}

/** Answers come in the order of the questions. `isLast`: this thread can parse no more. */
export type Parsed = { readonly file: ParsedFile; readonly isLast: boolean } | { readonly error: string };

/** Comes once, before any answer: from here on, what ends the thread is the file that it was at. */
export type Ready = 'ready';

const parser = createParser((workerData as ThreadData).grammarDir);
let last: Promise<void> = parser.then(
  () => parentPort!.postMessage('ready' satisfies Ready),
  () => undefined,
);

parentPort!.on('message', (asked: ToParse) => {
  last = last.then(async () => parentPort!.postMessage(await answer(asked)));
});

async function answer({ path, text }: ToParse): Promise<Parsed> {
  try {
    const { parse, isBroken } = await parser;
    return { file: await parse(path, text), isLast: isBroken?.() ?? false };
  } catch (error) {
    return { error: String(error) };
  }
}
