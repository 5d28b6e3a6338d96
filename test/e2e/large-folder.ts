/** A folder of invented code, large enough that its first index can be watched: the same on every run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = 1600;
const VERBS = ['parse', 'send', 'merge', 'sort', 'count', 'hash', 'draw', 'lock', 'queue', 'split', 'cache', 'retry'];
const NOUNS = ['invoice', 'packet', 'pixel', 'tenant', 'ledger', 'sensor', 'voucher', 'thread', 'route', 'backup'];
/** The one function that a test asks for. */
const SOUGHT = `def celsius_to_fahrenheit(degrees):
    """Converts a temperature from degrees Celsius to Fahrenheit."""
    return degrees * 9 / 5 + 32
`;

export function writeLargeFolder(dir: string): void {
  for (let n = 0; n < FILES; n++) {
    const noun = NOUNS[n % NOUNS.length]!;
    const folder = join(dir, 'src', `${noun}s`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${noun}_${n}.py`), VERBS.map((verb) => definition(verb, noun, n)).join('\n\n'));
  }
  writeFileSync(join(dir, 'weather.py'), SOUGHT);
}

function definition(verb: string, noun: string, n: number): string {
  return `def ${verb}_${noun}_${n}(${noun}s, limit):
    """Has to ${verb} each ${noun} of number ${n}, and stops at the limit."""
    done = []
    for ${noun} in ${noun}s:
        if len(done) >= limit:
            raise ValueError("more than %d ${noun}s in ${verb}" % limit)
        done.append(${noun}.${verb}(${n}))
    return done
`;
}
