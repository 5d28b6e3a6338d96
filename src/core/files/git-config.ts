/** Reads one value out of a git configuration file. Includes are not followed. */

/** The last value of `section.key`, or null. Names are told without case, as git does. */
export function gitConfigValue(text: string, section: string, key: string): string | null {
  let inside = false;
  let found: string | null = null;
  for (const line of text.replace(/\\\r?\n/g, '').split(/\r?\n/)) {
    const head = /^\s*\[([^\]]*)\]\s*(.*)$/.exec(line);
    if (head) inside = head[1]!.trim().toLowerCase() === section.toLowerCase();
    const [, name, value] = /^\s*([A-Za-z][\w-]*)\s*(?:=\s*(.*))?$/.exec(head ? head[2]! : line) ?? [];
    if (inside && name?.toLowerCase() === key.toLowerCase()) found = value === undefined ? 'true' : unquoted(value);
  }
  return found;
}

/** Double quotes, escapes and trailing comments taken away. */
function unquoted(value: string): string {
  const parts = value.match(/"(?:[^"\\]|\\.)*"|\\.|[^"\\#;]+|[#;].*$/g) ?? [];
  const comment = parts.findIndex((part) => /^[#;]/.test(part));
  const kept = comment < 0 ? parts : parts.slice(0, comment);
  const plain = kept.map((part) => (part.startsWith('"') ? part.slice(1, -1) : part)).join('');
  return plain.trim().replace(/\\(["\\])/g, '$1');
}
