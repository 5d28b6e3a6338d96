/**
 * Whether the computer runs on its battery, as its system tells: files on Linux, a system program on macOS and Windows,
 * which are named by their full paths so that no folder of a search path can bring its own. What cannot be read counts
 * as mains: nobody is to wait because of a guess.
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export type ReadPower = () => Promise<boolean>;

/** The program answers in a few hundred milliseconds; Windows's first start of it can take seconds. */
const PROGRAM_LIMIT_MS = 10_000;

/** For `process.platform`. Resolves to true on battery; never rejects. */
export function powerReader(platform: NodeJS.Platform): ReadPower {
  switch (platform) {
    case 'linux':
      return async () => isLinuxOnBattery('/sys/class/power_supply');
    case 'darwin':
      return async () => isMacOnBattery(await outputOf('/usr/bin/pmset', ['-g', 'ps']));
    case 'win32':
      return async () => isWindowsOnBattery(await outputOf(powerShell(), ['-NoProfile', '-Command', WINDOWS_QUESTION]));
    default:
      return async () => false;
  }
}

/** `dir`: of a folder for each supply. A mouse's or headset's battery (`scope` Device) does not run the computer. */
export function isLinuxOnBattery(dir: string): boolean {
  const supplies = namesIn(dir).map((name) => {
    const fact = (file: string): string => textOf(join(dir, name, file)).trim();
    return { type: fact('type'), online: fact('online'), status: fact('status'), scope: fact('scope') };
  });
  if (supplies.some(({ type, online }) => type !== 'Battery' && online === '1')) return false;
  return supplies.some(
    ({ type, status, scope }) => type === 'Battery' && scope !== 'Device' && status === 'Discharging',
  );
}

/** Of `pmset -g ps`, whose first line is `Now drawing from 'Battery Power'` or `'AC Power'`. */
export const isMacOnBattery = (output: string): boolean => output.includes("'Battery Power'");

/** No line where there is no battery, else `True` or `False` for each. */
const WINDOWS_QUESTION = '(Get-CimInstance -Namespace root/wmi -ClassName BatteryStatus).PowerOnline';

export const isWindowsOnBattery = (output: string): boolean => /^False\s*$/m.test(output) && !/^True\s*$/m.test(output);

const powerShell = (): string =>
  join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');

async function outputOf(program: string, args: readonly string[]): Promise<string> {
  try {
    const limits = { timeout: PROGRAM_LIMIT_MS, windowsHide: true };
    return (await promisify(execFile)(program, [...args], limits)).stdout;
  } catch {
    return '';
  }
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
