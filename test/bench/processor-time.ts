/** How much of the processor another process has used. Linux. */
import { readFileSync } from 'node:fs';

/** Of `/proc/PID/stat`: Linux counts in these, whatever its own clock does. */
export const TICK_MS = 10;

/** Of all its threads. */
export function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name before them may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
