/** `**\/*.{js,map}` to one glob per choice: the editor's globs have braces, ignore files have none. */

const MAX_GLOBS = 1000;

/** Nested braces included. Unbalanced braces stay as they are; past a thousand results the rest stay unexpanded. */
export function expandBraces(glob: string): string[] {
  const done: string[] = [];
  const open = [glob];
  while (open.length > 0) {
    const next = open.pop()!;
    const choices = done.length + open.length < MAX_GLOBS ? firstBrace(next) : null;
    if (choices) open.push(...choices.toReversed());
    else done.push(next);
  }
  return done;
}

/** The glob with its first outermost brace replaced by each choice. */
function firstBrace(glob: string): string[] | null {
  const start = glob.indexOf('{');
  if (start < 0) return null;
  const commas = [start];
  let depth = 0;
  for (let i = start; i < glob.length; i++) {
    if (glob[i] === '{') depth++;
    else if (glob[i] === ',' && depth === 1) commas.push(i);
    else if (glob[i] === '}' && --depth === 0) {
      const ends = [...commas.slice(1), i];
      return ends.map((end, k) => glob.slice(0, start) + glob.slice(commas[k]! + 1, end) + glob.slice(i + 1));
    }
  }
  return null;
}
