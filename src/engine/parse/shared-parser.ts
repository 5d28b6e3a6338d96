/** One parsing thread for all folders of a process, which parses what comes file by file: saves, unsaved texts, given code. */
import type { SourceParser } from './parser.ts';
import { createThreadedParser, disposed } from './threaded-parser.ts';

/** By folder of grammars. */
const shared = new Map<string, { readonly parser: SourceParser; users: number }>();

/** To be disposed of like one's own: the thread goes with the last one. */
export function shareParser(grammarDir: string): SourceParser {
  const entry = shared.get(grammarDir) ?? { parser: createThreadedParser({ grammarDir }), users: 0 };
  shared.set(grammarDir, entry);
  entry.users++;
  let isDisposed = false;
  return {
    parse: async (path, text) => {
      if (isDisposed) throw disposed();
      const file = await entry.parser.parse(path, text);
      if (isDisposed) throw disposed();
      return file;
    },
    dispose: () => {
      if (isDisposed) return;
      isDisposed = true;
      if (--entry.users > 0) return;
      shared.delete(grammarDir);
      entry.parser.dispose();
    },
  };
}
