/** `kenning why FILE`: whether a file is indexed, or the rule, its file and its line that keep it out. */
import { resolve } from 'node:path';
import { skipSentence } from '../core/skip-sentences.ts';
import { folderOf, parseArguments, usage } from './arguments.ts';
import { formatCount } from './format.ts';
import type { Io } from './io.ts';
import { withEngine } from './session.ts';

/** Exit code: 0 when the file is indexed, 1 when not. */
export async function why(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, { path: { type: 'string' }, json: { type: 'boolean' } });
  const [file, ...more] = parsed.positionals;
  if (!file || more.length > 0) throw usage('Name one file: kenning why [--path DIR] FILE');
  const folder = folderOf(parsed);
  const absolute = parsed.values.path ? resolve(folder, file) : resolve(file);
  return withEngine(folder, async (engine) => {
    const answer = await engine.why(absolute);
    if (parsed.values.json) io.out(`${JSON.stringify(answer)}\n`);
    else if (!answer.indexed) io.out(`${skipSentence(answer.path, answer.skip)}\n`);
    else if (answer.functions > 0)
      io.out(`${answer.path} is indexed: ${formatCount(answer.functions, 'function')}, ${answer.language}.\n`);
    else io.out(`${answer.path} will be indexed by the next run of kenning index in ${folder}.\n`);
    return answer.indexed ? 0 : 1;
  });
}
