/** Tables and figures as the report writes them. */
import type { Difference } from './bootstrap.ts';

export const NONE = '–';

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

export const number = (value: number): string => value.toFixed(3);

export const numberOrDash = (value: number | null): string => (value === null ? NONE : number(value));

export function signed(value: number): string {
  const digits = Math.abs(value).toFixed(3);
  if (Number(digits) === 0) return digits;
  return `${value < 0 ? '−' : '+'}${digits}`;
}

export const interval = ({ low, high }: Difference): string => `${signed(low)} … ${signed(high)}`;
