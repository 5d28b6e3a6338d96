/** An answer as a person reads it in a terminal: two lines a hit, and below them what it stands for and why, if asked. */

import { printable } from '../core/agents/printable.ts';
import { plainText, reasonsOf } from '../core/explain.ts';
import type { Hit, SearchAnswer } from '../engine/api/search.ts';
import { type Io, styled } from './io.ts';

/** `explain`: each hit is followed by its reasons. */
export function answerText({ results, index }: SearchAnswer, explain: boolean, io: Pick<Io, 'colours'>): string {
  if (results.length > 0) return results.map((hit) => hitText(hit, explain, io)).join('');
  return index.functions === 0
    ? 'Nothing is indexed here: the folder holds no code that Kenning reads.\n'
    : `Nothing found among ${index.functions} functions.\n`;
}

function hitText(hit: Hit, explain: boolean, io: Pick<Io, 'colours'>): string {
  const place = styled(io, 'cyan', `${printable(hit.path)}:${hit.startLine}`);
  const head = `${place}  ${styled(io, 'bold', printable(hit.name))}  ${styled(io, 'dim', `(${hit.kind})`)}`;
  const below = [...alsoLines(hit), ...(explain ? reasonLines(hit) : [])].map((line) => styled(io, 'dim', line));
  return [head, printable(hit.preview), ...below].join('\n    ').concat('\n');
}

/** Of a name that eighty functions have, eighty places say nothing. */
const MOST_ALSO = 3;

/** `also: Pool.stop:12, src/copy.ts:4 stop and 5 more`; copies in other files are told by their path. */
function alsoLines({ path, also = [] }: Hit): string[] {
  const told = also
    .slice(0, MOST_ALSO)
    .map((same) =>
      same.path === path ? `${same.name}:${same.startLine}` : `${same.path}:${same.startLine} ${same.name}`,
    );
  const more = also.length > MOST_ALSO ? ` and ${also.length - MOST_ALSO} more` : '';
  return told.length > 0 ? [printable(`also: ${told.join(', ')}${more}`)] : [];
}

function reasonLines({ score, why }: Hit): string[] {
  const reasons = reasonsOf(why).map((reason) => `${reason.figure.padStart(7)}  ${printable(plainText(reason))}`);
  return [`score ${score.toFixed(2)}`, ...reasons];
}
