/**
 * Branches of the preprocessor that each open the same braces, as two heads of one function do. A grammar reads them one
 * after the other, so that the second brace is never closed and what follows is lost: it is given the first branch alone.
 * Lengths stay, so every offset does too.
 */

const DIRECTIVE = /^[ \t]*#[ \t]*(if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)\b/;
/** Braces that open less those that close; what stands in quotes or behind `//` is none. */
const NO_CODE = /\/\/.*|"(?:[^"\\]|\\.){0,1000}"|'(?:[^'\\]|\\.)'/g;
/** Deeper ones stay as they are, so that a wall of them takes no longer than its length. */
const DEPTH = 30;

interface Branch {
  readonly row: number;
  balance: number;
}

export function withFirstBranches(text: string): string {
  if (!/^[ \t]*#[ \t]*el/m.test(text)) return text;
  const rows = text.split('\n');
  const open: Branch[][] = [];
  rows.forEach((row, index) => {
    const word = DIRECTIVE.exec(row)?.[1];
    if (!word) addBraces(open, row);
    else if (word.startsWith('if')) open.push([{ row: index, balance: 0 }]);
    else if (word !== 'endif') open.at(-1)?.push({ row: index, balance: 0 });
    else close(rows, open, index);
  });
  return rows.join('\n');
}

function addBraces(open: readonly Branch[][], row: string): void {
  const branch = open.at(-1)?.at(-1);
  if (!branch || !/[{}]/.test(row)) return;
  const code = row.replace(NO_CODE, '');
  branch.balance += (code.match(/\{/g)?.length ?? 0) - (code.match(/\}/g)?.length ?? 0);
}

/** What a branch opens or closes, the one around it does. */
function close(rows: string[], open: Branch[][], endRow: number): void {
  const branches = open.pop();
  if (!branches) return;
  const around = open.at(-1)?.at(-1);
  if (around) around.balance += branches[0]!.balance;
  if (open.length < DEPTH) blankOthers(rows, branches, endRow);
}

function blankOthers(rows: string[], branches: readonly Branch[], endRow: number): void {
  const [first, ...others] = branches;
  if (!first || first.balance <= 0 || others.length === 0) return;
  if (others.some(({ balance }) => balance !== first.balance)) return;
  for (let row = others[0]!.row; row <= endRow; row++) rows[row] = blank(rows[row]!);
  rows[first.row] = blank(rows[first.row]!);
}

const blank = (row: string): string => row.replace(/[^\r]/g, ' ');
