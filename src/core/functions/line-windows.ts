/** Files in no language that Kenning parses, and files whose parse failed: windows of lines that overlap a little. */
import type { CodeFunction } from '../code-function.ts';
import { sourceLines } from './source-lines.ts';

const WINDOW_LINES = 40;
/** So that what a border cuts is whole in one of two windows. */
const OVERLAP_LINES = 6;
/** A line of data is no reason for a huge chunk. */
const LINE_CHARS = 400;

export function lineWindows(path: string, source: string, language: string): CodeFunction[] {
  const lines = sourceLines(source);
  const name = path.slice(path.lastIndexOf('/') + 1) || path;
  const windows: CodeFunction[] = [];
  for (let start = 0; start < lines.count; start += WINDOW_LINES - OVERLAP_LINES) {
    const end = Math.min(lines.count, start + WINDOW_LINES) - 1;
    const code = clip(lines.text(start, end));
    if (code.trim()) windows.push(windowOf(name, language, code, start, end));
    if (end === lines.count - 1) break;
  }
  return windows;
}

function windowOf(name: string, language: string, code: string, startRow: number, endRow: number): CodeFunction {
  return {
    kind: 'lines',
    language,
    name,
    qualifiedName: name,
    signature: '',
    doc: '',
    code,
    startLine: startRow + 1,
    endLine: endRow + 1,
    part: null,
  };
}

function clip(code: string): string {
  return code.length <= WINDOW_LINES * LINE_CHARS
    ? code
    : code
        .split('\n')
        .map((line) => line.slice(0, LINE_CHARS))
        .join('\n');
}
