/** What the host took of this machine's processors for other machines. Linux tells where it runs in one. */
import { existsSync, readFileSync } from 'node:fs';

const STAT = '/proc/stat';
/** user, nice, system, idle, iowait, irq, softirq, steal; guests' time is in user's. */
const STEAL = 7;

/** Its share of all processor time from this call to that of what it returns, 0..1; null where the system does not tell. */
export function stolenShare(): () => number | null {
  const before = ticks();
  return () => {
    const after = ticks();
    if (!before || !after) return null;
    const spent = after.map((each, i) => each - before[i]!);
    const all = spent.reduce((sum, each) => sum + each, 0);
    return spent[STEAL]! / Math.max(1, all);
  };
}

function ticks(): readonly number[] | null {
  if (!existsSync(STAT)) return null;
  const [all] = readFileSync(STAT, 'utf8').split('\n', 1);
  const counts = all!.trim().split(/ +/).slice(1);
  return counts.slice(0, STEAL + 1).map(Number);
}
