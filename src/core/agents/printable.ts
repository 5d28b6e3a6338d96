/**
 * A stranger's text on one line of ours: names of files may hold line ends, what moves the cursor or recolours a terminal,
 * and what makes letters run the other way. Each such character becomes a mark.
 */
const COMMANDS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

export function printable(text: string): string {
  return text.replace(/\t/g, ' ').replace(COMMANDS, '\ufffd');
}

/** JSON on one line, in which no character of a stranger's commands the terminal that shows it. */
export function jsonLine(value: unknown): string {
  const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${JSON.stringify(value).replace(COMMANDS, escaped)}\n`;
}
