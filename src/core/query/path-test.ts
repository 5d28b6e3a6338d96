/**
 * A `path:` pattern as a test on paths: part of the path, in any case, its beginning behind a leading `/`; `*` stands for
 * anything within a name, `**` across folders. It makes no expression of what was typed: a few `*` can keep one of those
 * busy for minutes, and a long pattern is too much for it.
 */
import { innermostHolding } from '../nested-folders.ts';

/**
 * `pattern`: as `pathPattern` gives it. `folder`: that the paths are relative to, absolute, so that one may also be given as
 * it is copied from elsewhere; absent: nobody knows.
 */
export function pathTest(pattern: string, folder?: string): (path: string) => boolean {
  const wanted = comparable(pattern);
  const tests = [wanted, ...insideFolder(wanted, folder)].map(testOf);
  return (path) => {
    const text = comparable(path);
    return tests.some((test) => test(text));
  };
}

/** Some systems keep accents apart from their letters in names. */
const comparable = (path: string): string => path.toLowerCase().normalize('NFC');

/** What an absolute pattern means within the folder; none for one that means something else. */
function insideFolder(pattern: string, folder: string | undefined): string[] {
  const found = folder === undefined ? null : innermostHolding(pattern, [comparable(folder)]);
  // `/app` is the top's own `app`, though the folder may be called so.
  return found && pattern.includes('/', 1) ? [`/${found.rest}`] : [];
}

function testOf(pattern: string): (text: string) => boolean {
  // Most patterns, asked of thousands of files.
  if (!pattern.includes('*'))
    return pattern.startsWith('/') ? (text) => text.startsWith(pattern.slice(1)) : (text) => text.includes(pattern);
  // Each list's texts stand within one name, those of the next list anywhere behind.
  const parts = pattern.split('**').map((part) => part.split('*'));
  const isFromTop = pattern.startsWith('/');
  return (text) => {
    const whole = `/${text}`;
    // What begins with `**` may begin with the top's own `/`.
    let end = isFromTop || pattern.startsWith('**') ? 0 : 1;
    return parts.every((part, i) => {
      // `a/**/b` is `a/b` as well.
      if (i > 0 && whole[end - 1] === '/' && part[0]!.startsWith('/')) end--;
      end = endOf(whole, part, end, isFromTop && i === 0);
      return end >= 0;
    });
  };
}

/**
 * Where the first match behind `from` ends, or right there where it `isFixed`; -1 for none. What begins later ends no
 * earlier, so the first one leaves most room for what follows.
 */
function endOf(text: string, [first = '', ...others]: readonly string[], from: number, isFixed: boolean): number {
  const last = isFixed ? from : text.length;
  for (let start = from; start <= last; start++) {
    start = text.indexOf(first, start);
    if (start < 0 || start > last) return -1;
    const end = endWithinName(text, others, start + first.length);
    if (end >= 0) return end;
  }
  return -1;
}

/** Each behind the one before it, with no `/` between them. */
function endWithinName(text: string, parts: readonly string[], from: number): number {
  let end = from;
  for (const part of parts) {
    const at = text.indexOf(part, end);
    const slash = text.indexOf('/', end);
    if (at < 0 || (slash >= 0 && slash < at)) return -1;
    end = at + part.length;
  }
  return end;
}
