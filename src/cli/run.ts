/** Chooses the command, and turns every error into one sentence and an exit code. */
import { KenningError } from '../core/errors.ts';
import { findInstallDir } from '../engine/install-dir.ts';
import { chunk } from './chunk.ts';
import { gc } from './gc.ts';
import { index } from './index-command.ts';
import { type Io, styled } from './io.ts';
import { SEARCH_USAGE, search } from './search.ts';
import { SIMILAR_USAGE, similar } from './similar.ts';
import { status } from './status.ts';
import { versionOf } from './version.ts';
import { why } from './why.ts';

type Command = (args: readonly string[], io: Io) => Promise<number>;

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['search', search],
  ['similar', similar],
  ['index', index],
  ['status', status],
  ['why', why],
  ['gc', gc],
  ['chunk', chunk],
  // What it brings along is of no use to the others.
  ['mcp', async (args, io) => (await import('./mcp/serve-mcp.ts')).serveMcp(args, io)],
]);

const HELP = `Kenning finds code by what it does. Everything stays on this machine.

  ${SEARCH_USAGE}
  ${SIMILAR_USAGE}
  kenning index  [--path DIR] [--json]          bring the index up to date; --rebuild makes it all anew
  kenning status [--path DIR] [--json]          the index's state; --verify reads all of it and says whether it is sound
  kenning why    [--path DIR] [--json] FILE     why a file is or is not indexed
  kenning gc     [--dry-run] [--budget 2GB]     remove indexes of folders that are gone, and over a budget those unused for longest
  kenning chunk  [--path DIR] --jsonl           the functions that would be indexed, a JSON object a line
  kenning mcp    [--no-update] [FOLDER…]        serves coding agents (Model Context Protocol on standard input and output)

--quality LEVEL, for all but chunk and gc: fast (a small model; the default), balanced (a larger one refines its vectors),
best (and a third one, where it is installed, reads the best hits once more).

--model NAME, for all but chunk and gc: another embedding model, with an index of its own: a folder with tokenizer.json,
config.json and model.onnx, or owner/name, which is fetched from the hub once.

--path DIR is the folder that is searched, and that FILE lies in; without it, the one that you are in.
similar takes the function that stands on LINE, or the lines LINE-LINE; --duplicates lists only what says the same in nearly
the same words. mcp --no-update leaves the index to another process, such as an editor's window.

In a query: lang:python  path:src/http  kind:class  -tests  (and -lang: -path: -kind: +tests)
            "exact phrase" must stand in the code, name or path, -"another" must not; quote the query: '"catch (e)" retry'
Exit codes: 0 found, 1 nothing found, 2 an error. KENNING_STORAGE names the folder of the indexes.
kenning --version tells which Kenning this is.
`;

const FAILED = 2;

export async function run(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) {
    io.err(HELP);
    return FAILED;
  }
  if (name === 'help' || asksForHelp(args)) {
    io.out(HELP);
    return 0;
  }
  if (name === '--version') {
    io.out(`kenning ${versionOf(findInstallDir(import.meta.dirname))}\n`);
    return 0;
  }
  const command = COMMANDS.get(name);
  try {
    if (!command) throw new KenningError('usage', `There is no command "${name}"; kenning --help lists them.`);
    return await command(rest, io);
  } catch (error) {
    io.err(`${styled(io, 'red', 'kenning:')} ${sentenceOf(error)}\n`);
    return FAILED;
  }
}

/** What stands behind `--` are words, whatever they look like. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).some((word) => word === '--help' || word === '-h');
}

/** A bug shows its stack: hiding it would help no one. */
function sentenceOf(error: unknown): string {
  if (error instanceof KenningError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
