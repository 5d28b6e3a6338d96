/** `kenning search`: indexes what is new, searches, prints the hits. */
import { createInterface } from 'node:readline';
import { jsonLine, printable } from '../core/agents/printable.ts';
import { KenningError } from '../core/errors.ts';
import { LANGUAGE_NAMES } from '../core/languages/names.ts';
import { KIND_NAMES } from '../core/query/parse-query.ts';
import { type WrongOperator, wrongOperators } from '../core/query/wrong-operators.ts';
import type { Engine } from '../engine/api.ts';
import { answerText } from './answer-text.ts';
import { ENGINE_OPTIONS, limitOf, parseArguments, usage } from './arguments.ts';
import { formatCount } from './format.ts';
import type { Io } from './io.ts';
import { refineWithBar, updateWithBar, withEngine } from './session.ts';

export const SEARCH_USAGE =
  'kenning search [--path DIR] [--limit 10] [--explain] [--json] QUERY   (QUERY "-": one a line from standard input, with --json)';
const DEFAULT_LIMIT = 10;
/** More than these would keep a question waiting for more than half a minute. */
const REFINE_FIRST_FUNCTIONS = 10_000;

/** Exit code: 0 with hits, 1 without. */
export async function search(args: readonly string[], io: Io): Promise<number> {
  const { filters, rest } = takeFilters(args);
  const parsed = parseArguments(rest, {
    ...ENGINE_OPTIONS,
    limit: { type: 'string' },
    explain: { type: 'boolean' },
  });
  const isFromInput = parsed.positionals.join(' ').trim() === '-';
  const query = [...parsed.positionals, ...filters].join(' ').trim();
  const json = parsed.values.json === true;
  if (!query) throw usage(`Nothing to search for: ${SEARCH_USAGE}`);
  if (isFromInput && !json) throw usage('Queries from standard input are answered in JSON only: add --json.');
  const limit = limitOf(parsed, DEFAULT_LIMIT);
  sayWrongOperators(query, io);
  return withEngine(parsed, async (engine) => {
    await bringUpToDate(engine, io);
    if (isFromInput) return answerLines(engine, io, { filters, limit });
    const answer = await engine.search({ query, limit });
    io.out(json ? jsonLine(answer) : answerText(answer, parsed.values.explain === true, io));
    return answer.results.length > 0 ? 0 : 1;
  });
}

/** It is no error: the others may still find something, and a kind that there is none of is asked about as words. */
function sayWrongOperators(query: string, io: Io): void {
  for (const wrong of wrongOperators(query)) io.err(wrongText(wrong));
}

const wrongText = ({ operator, name }: WrongOperator): string =>
  operator === 'lang'
    ? `Kenning knows no language ${printable(name)}; it knows ${LANGUAGE_NAMES.join(', ')}.\n`
    : `Kenning knows no kind ${printable(name)}; it knows ${KIND_NAMES.join(', ')}.\n`;

const NEGATED_FILTER = /^-(tests?(?=\s|$)|(lang|path|kind):.|".)/i;

/** `-tests`, `-lang:go`, `-"a phrase"` and a query that begins so are no options, and need no quotes of their own; their place does not matter. */
function takeFilters(args: readonly string[]): { filters: readonly string[]; rest: readonly string[] } {
  return {
    filters: args.filter((word) => NEGATED_FILTER.test(word)),
    rest: args.filter((word) => !NEGATED_FILTER.test(word)),
  };
}

/** What is indexed can be searched while another process writes this index, and where the disk is full. */
const SEARCHABLE: ReadonlySet<string> = new Set(['index-locked', 'index-write-failed']);

export async function bringUpToDate(engine: Engine, io: Io): Promise<void> {
  try {
    const report = await updateWithBar(engine, io);
    if (report.cancelled) throw new KenningError('cancelled', 'Stopped before the index was up to date.');
    await refineFew(engine, io);
  } catch (error) {
    if (!(error instanceof KenningError) || !SEARCHABLE.has(error.code)) throw error;
    io.err(`${error.message} Searching what is indexed so far.\n`);
  }
  for (const notice of engine.status().notices) io.err(`${notice}\n`);
}

/** Better vectors are worth a short wait, not a long one. */
async function refineFew(engine: Engine, io: Io): Promise<void> {
  const { functions, refined } = engine.status();
  const waiting = refined === null ? 0 : functions - refined;
  if (waiting > REFINE_FIRST_FUNCTIONS) {
    io.err(`${formatCount(waiting, 'function')} could still be found better: run kenning index, which refines them.\n`);
  } else if (waiting > 0 && (await refineWithBar(engine, io)).cancelled) {
    throw new KenningError('cancelled', 'Stopped before the index was refined.');
  }
}

/** `filters`: of every line; what is wrong with them was said. */
async function answerLines(
  engine: Engine,
  io: Io,
  { filters, limit }: { readonly filters: readonly string[]; readonly limit: number },
): Promise<number> {
  let hits = 0;
  const lines = createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY, signal: io.closed });
  for await (const line of lines) {
    if (io.closed.aborted) break;
    sayWrongOperators(line, io);
    const answer = await engine.search({ query: [line, ...filters].join(' '), limit });
    hits += answer.results.length;
    io.out(jsonLine(answer));
  }
  return hits > 0 ? 0 : 1;
}
