/** `kenning why FILE`: whether a file is indexed, or the rule, its file and its line that keep it out. */
import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { jsonLine, printable } from '../core/agents/printable.ts';
import { skipSentence } from '../core/skip-sentences.ts';
import type { WhyAnswer } from '../engine/api/status.ts';
import { ENGINE_OPTIONS, folderOf, parseArguments, usage } from './arguments.ts';
import { formatCount } from './format.ts';
import type { Io } from './io.ts';
import { withEngine } from './session.ts';

/** Exit code: 0 when the file is indexed, 1 when not. */
export async function why(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, ENGINE_OPTIONS);
  const [file, ...more] = parsed.positionals;
  if (!file || more.length > 0) throw usage('Name one file: kenning why [--path DIR] FILE');
  const folder = folderOf(parsed);
  const absolute = parsed.values.path ? resolve(folder, file) : resolve(file);
  if (isFolder(absolute)) throw usage(`${file} is a folder: name one file.`);
  return withEngine(parsed, async (engine) => {
    const answer = await engine.why(absolute);
    if (parsed.values.json) io.out(jsonLine(answer));
    else io.out(`${printable(sentenceOf(answer, folder))}\n`);
    return answer.indexed ? 0 : 1;
  });
}

function sentenceOf(answer: WhyAnswer, folder: string): string {
  if (!answer.indexed) return skipSentence(answer.path, answer.skip);
  // The index knows the language of every file that it holds, even of one without anything to find.
  if (!answer.language) return `${answer.path} will be indexed by the next run of kenning index in ${folder}.`;
  if (answer.problem)
    return `${answer.path} is indexed in ${formatCount(answer.functions, 'window')} of lines, and not by its functions: ${answer.problem}.`;
  return `${answer.path} is indexed: ${formatCount(answer.functions, 'function')}, ${answer.language}.`;
}

/** What cannot be asked, such as a name that is too long, is for the engine to explain. */
function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}
