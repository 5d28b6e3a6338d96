/** The lines of a `.gitattributes` file that mark files as generated or vendored, as patterns of an ignore file. */

export type Mark = 'generated' | 'vendored';

export interface AttributeLine {
  readonly mark: Mark;
  /** With a leading `!` where the line takes the mark away. */
  readonly pattern: string;
  /** From 1. */
  readonly line: number;
}

const ATTRIBUTE = /^([-!]?)linguist-(generated|vendored)(?:=(.*))?$/;

export function parseAttributes(text: string): AttributeLine[] {
  return text.split('\n').flatMap((raw, index) => {
    const line = (index === 0 ? raw.replace(/^\uFEFF/, '') : raw).trim();
    const [pattern, attributes] = splitPattern(line);
    // git forbids negative patterns here, and a line in brackets defines a macro
    if (!pattern || /^[#!]|^\[attr\]/.test(pattern)) return [];
    return attributes.flatMap((attribute) => {
      const [, sign, mark, value] = ATTRIBUTE.exec(attribute) ?? [];
      if (!mark) return [];
      const off = sign !== '' || value === 'false';
      return [{ mark: mark as Mark, pattern: off ? `!${pattern}` : pattern, line: index + 1 }];
    });
  });
}

/** A pattern with spaces stands in double quotes, written as C strings are. */
function splitPattern(line: string): [pattern: string, attributes: string[]] {
  const quoted = /^"((?:[^"\\]|\\.)*)"\s+(.*)$/.exec(line);
  if (quoted) return [quoted[1]!.replace(/\\(["\\])/g, '$1'), quoted[2]!.split(/\s+/)];
  const [pattern = '', ...attributes] = line.split(/\s+/);
  return [pattern, attributes];
}
