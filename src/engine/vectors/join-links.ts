/** Several graphs as one file and one search take them. */
import type { Level, Links } from './links.ts';

/** Graphs over rows that follow one another, each numbered from 0, as one whose parts know nothing of each other. */
export function joinLinks(parts: readonly Links[]): Links {
  if (parts.length === 1) return parts[0]!;
  const firsts: number[] = [];
  let rows = 0;
  for (const { levels } of parts) {
    firsts.push(rows);
    rows += levels[0]!.rows.length;
  }
  const height = Math.max(...parts.map(({ levels }) => levels.length));
  return {
    entries: parts.flatMap(({ entries }, part) => entries.map((entry) => entry + firsts[part]!)),
    levels: Array.from({ length: height }, (_, at) =>
      joinLevels(
        parts.map(({ levels }) => levels[at]),
        firsts,
      ),
    ),
  };
}

function joinLevels(parts: readonly (Level | undefined)[], firsts: readonly number[]): Level {
  const all = parts.flatMap((level, part) => (level ? [{ level, first: firsts[part]! }] : []));
  const count = (of: (level: Level) => number): number => all.reduce((sum, { level }) => sum + of(level), 0);
  const rows = new Uint32Array(count((level) => level.rows.length));
  const starts = new Uint32Array(rows.length + 1);
  const near = new Uint32Array(count((level) => level.near.length));
  let [row, link] = [0, 0];
  for (const { level, first } of all) {
    for (const each of level.rows) rows[row++] = each + first;
    starts.set(
      level.starts.map((start) => start + link),
      row - level.rows.length,
    );
    for (const each of level.near) near[link++] = each + first;
  }
  return { rows, starts, near };
}
