/** What each parameter of the ranking does, as its doc comment says: one description serves reader and report. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `source`: the text of `parameters.ts`. */
export function parameterNotes(source: string): ReadonlyMap<string, string> {
  const body = /interface RankingParameters \{(.*?)\n\}/s.exec(source)?.[1] ?? '';
  const notes = body.matchAll(/\/\*\*[\s*]*(.*?)\s*\*\/\s*readonly (\w+)/gs);
  return new Map([...notes].map(([, note, name]) => [name!, note!.replace(/\s*\n\s*\*\s*/g, ' ')]));
}

export function readParameterNotes(checkout: string): ReadonlyMap<string, string> {
  return parameterNotes(readFileSync(join(checkout, 'src', 'core', 'ranking', 'parameters.ts'), 'utf8'));
}
