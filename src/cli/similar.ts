/** `kenning similar`: code like that of a file, of a function or range in it, or of standard input. */
import { readFileSync, type Stats, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { jsonLine } from '../core/agents/printable.ts';
import { decodeText } from '../core/files/decode.ts';
import { innermost } from '../core/functions/innermost.ts';
import { sourceLines } from '../core/functions/source-lines.ts';
import type { SimilarRequest } from '../engine/api/search.ts';
import type { Engine } from '../engine/api.ts';
import { errnoOf } from '../engine/walk/file-system.ts';
import { relativePath } from '../engine/walk/locate.ts';
import { answerText } from './answer-text.ts';
import { ENGINE_OPTIONS, folderOf, limitOf, parseArguments, usage } from './arguments.ts';
import type { Io } from './io.ts';
import { bringUpToDate } from './search.ts';
import { withEngine } from './session.ts';

export const SIMILAR_USAGE =
  'kenning similar [--path DIR] [--limit 10] [--duplicates] [--explain] [--json] FILE[:LINE[-LINE]]   (FILE "-": code from standard input)';
const DEFAULT_LIMIT = 10;

/** What the user points at; lines from 1, both ends included. */
interface Target {
  readonly file: string;
  readonly startLine: number | null;
  readonly endLine: number | null;
}

/** Exit code: 0 with hits, 1 without. */
export async function similar(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, {
    ...ENGINE_OPTIONS,
    limit: { type: 'string' },
    duplicates: { type: 'boolean' },
    explain: { type: 'boolean' },
  });
  const [word, ...more] = parsed.positionals;
  if (!word || more.length > 0) throw usage(`Name one file: ${SIMILAR_USAGE}`);
  const folder = folderOf(parsed);
  const base = parsed.values.path ? folder : resolve();
  const limit = limitOf(parsed, DEFAULT_LIMIT);
  const target = word === '-' ? null : targetOf(base, word);
  const code = target ? textOf(base, target.file) : await readAll(io.stdin);
  if (!/[\p{L}\p{Nd}]/u.test(code)) throw usage(`There is no code ${target ? `in ${target.file}` : 'to compare'}.`);
  return withEngine(parsed, async (engine) => {
    const request = target ? await requestOf(engine, folder, base, target, code) : { code };
    await bringUpToDate(engine, io);
    const answer = await engine.similar({
      ...request,
      limit,
      ...(parsed.values.duplicates === true && { only: 'duplicates' }),
    });
    io.out(parsed.values.json ? jsonLine(answer) : answerText(answer, parsed.values.explain === true, io));
    return answer.results.length > 0 ? 0 : 1;
  });
}

/** A file whose own name ends like a place is taken as that file. */
function targetOf(base: string, word: string): Target {
  const place = /^(.+?):(\d+)(?:-(\d+))?$/.exec(word);
  if (!place || statOf(resolve(base, word))) {
    return { file: word, startLine: null, endLine: null };
  }
  return { file: place[1]!, startLine: Number(place[2]), endLine: place[3] === undefined ? null : Number(place[3]) };
}

/** Null for what is not there, goes in circles or has too long a name. */
function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function textOf(base: string, file: string): string {
  const path = resolve(base, file);
  const stat = statOf(path);
  if (!stat) throw usage(`There is no file ${path}.`);
  if (!stat.isFile()) throw usage(`${file} is no file: name one.`);
  const text = decodeText(bytesOf(path, file));
  if (text === null) throw usage(`${file} holds no text.`);
  return text;
}

function bytesOf(path: string, file: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw usage(`${file} cannot be read (${errnoOf(error)}).`);
  }
}

/** A file outside the folder tells its language only. */
async function requestOf(
  engine: Engine,
  folder: string,
  base: string,
  target: Target,
  text: string,
): Promise<SimilarRequest> {
  const inside = relativePath(folder, resolve(base, target.file));
  const path = inside ?? basename(target.file);
  const lines = sourceLines(text);
  const { startLine, endLine } = await rangeOf(engine, path, target, text, lines.count);
  const code = lines.text(startLine - 1, endLine - 1);
  return inside ? { code, path, startLine, endLine } : { code, path };
}

async function rangeOf(
  engine: Engine,
  path: string,
  { file, startLine, endLine }: Target,
  text: string,
  count: number,
): Promise<{ startLine: number; endLine: number }> {
  if (startLine === null) return { startLine: 1, endLine: count };
  const last = endLine ?? startLine;
  if (startLine < 1 || last > count) throw usage(`${file} has lines 1 to ${count}.`);
  if (last < startLine) throw usage(`Lines go upwards: ${file}:${last}-${startLine}.`);
  if (endLine !== null) return { startLine, endLine };
  const around = innermost(await engine.outline({ path, text }), startLine);
  if (!around) throw usage(`No function stands on line ${startLine} of ${file}: name its lines, as in ${file}:3-9.`);
  return around;
}
