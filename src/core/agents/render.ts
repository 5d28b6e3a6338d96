/**
 * Ranked hits as text for a language model, within a number of characters: every hit's place first, then code for the best
 * ones, cut at whole lines. Pure.
 */
import type { FunctionKind } from '../code-function.ts';
import { printable } from './printable.ts';
import { type Same, sameText } from './same.ts';

export interface AgentHit extends Same {
  /** As the model can open it: relative to the only folder, or absolute. With `/`. */
  readonly path: string;
  /** From 1, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
  /** Qualified: `Class.method`. */
  readonly name: string;
  readonly kind: FunctionKind;
  readonly language: string;
  readonly score: number;
  /** From the first line on; null where the file is not as it was indexed, or no room is left. */
  readonly code: string | null;
  /** Lines of the range that `code` leaves out. */
  readonly linesLeftOut: number;
}

export interface AgentAnswer {
  readonly hits: readonly AgentHit[];
  /** Sentences that a reader of the hits has to know, such as that the index is partial. */
  readonly notes: readonly string[];
}

export interface Rendered {
  readonly text: string;
  /** Those that the text tells, their code cut as it is there. */
  readonly hits: readonly AgentHit[];
}

/** The places alone take no more than this share: code of the best hits says more than the places of the last. */
const PLACES_SHARE = 0.5;
/** Of what is left, one hit takes no more than this share: the second one is worth something as well. */
const SHARE = 0.4;
/** Less than this of code says nothing. */
const LEAST_CODE_CHARS = 60;
/** What stands around a hit's code: fences and line ends, the language's name, `… 123 more lines`. */
const FRAME_CHARS = 50;

/** At most `maxChars` characters, unless the notes alone are longer. */
export function render({ hits, notes }: AgentAnswer, maxChars: number): Rendered {
  const chars = maxChars - lengthOf(notes);
  const some = listedWithin(hits, chars * PLACES_SHARE);
  // The best one's place, before nothing at all.
  const listed = some.length > 0 ? some : listedWithin(hits, chars).slice(0, 1);
  const leftOut = hits.length - listed.length;
  const told = leftOut > 0 ? [...notes, leftOutNote(leftOut)] : notes;
  let room = maxChars - lengthOf(told) - listed.reduce((sum, hit, i) => sum + headOf(hit, i).length + 2, 0);
  const cut = listed.map((hit, i) => {
    const mine = Math.max(room * SHARE, room / (listed.length - i));
    const shown = withCodeWithin(hit, mine);
    if (shown.code !== null) room -= shown.code.length + FRAME_CHARS;
    return shown;
  });
  return { text: [...cut.map(blockOf), ...told].join('\n\n'), hits: cut };
}

const leftOutNote = (count: number): string =>
  `${count} lower-ranked ${count === 1 ? 'result' : 'results'} left out: raise the token budget or narrow the search.`;

const lengthOf = (notes: readonly string[]): number => notes.reduce((sum, note) => sum + note.length + 2, 0);

/** The best ones whose places fit. */
function listedWithin(hits: readonly AgentHit[], chars: number): readonly AgentHit[] {
  const isAll = hits.reduce((sum, hit, i) => sum + headOf(hit, i).length + 2, 0) <= chars;
  let room = isAll ? chars : chars - leftOutNote(hits.length).length - 2;
  const end = hits.findIndex((hit, i) => {
    room -= headOf(hit, i).length + 2;
    return room < 0;
  });
  return end < 0 ? hits : hits.slice(0, end);
}

function withCodeWithin(hit: AgentHit, chars: number): AgentHit {
  const room = chars - FRAME_CHARS;
  if (hit.code === null || room < LEAST_CODE_CHARS) return { ...hit, code: null };
  if (hit.code.length <= room) return hit;
  const rows = hit.code.split('\n');
  const kept: string[] = [];
  let length = 0;
  for (const row of rows) {
    length += row.length + 1;
    if (length > room) break;
    kept.push(row);
  }
  if (kept.length === 0) return { ...hit, code: null };
  return { ...hit, code: kept.join('\n'), linesLeftOut: hit.linesLeftOut + rows.length - kept.length };
}

function blockOf(hit: AgentHit, index: number): string {
  const { code, language, linesLeftOut } = hit;
  if (code === null) return headOf(hit, index);
  const fence = fenceFor(code);
  const more = linesLeftOut > 0 ? `\n… ${linesLeftOut} more line${linesLeftOut === 1 ? '' : 's'}` : '';
  return `${headOf(hit, index)}\n${fence}${language}\n${code}${more}\n${fence}`;
}

/** Longer than any in the code, which else could end it and go on in our name. */
const fenceFor = (code: string): string =>
  (code.match(/`{3,}/g) ?? []).reduce((longest, run) => (run.length < longest.length ? longest : `${run}\``), '```');

/** `1. src/http.ts:12-40 Client.retry (method, score 0.87)`, and below it what it stands for besides itself. */
function headOf(hit: AgentHit, index: number): string {
  const { path, startLine, endLine, name, kind, score } = hit;
  const head = printable(`${index + 1}. ${path}:${startLine}-${endLine} ${name} (${kind}, score ${score.toFixed(2)})`);
  const same = printable(sameText(hit));
  return same ? `${head}\n   ${same}` : head;
}
