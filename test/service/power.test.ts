import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isLinuxOnBattery, isMacOnBattery, isWindowsOnBattery, powerReader } from '../../src/service/power.ts';

type Supplies = Readonly<Record<string, Readonly<Record<string, string>>>>;

function supplies(facts: Supplies): string {
  const dir = mkdtempSync(join(tmpdir(), 'kenning-power-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const [name, files] of Object.entries(facts)) {
    mkdirSync(join(dir, name));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, name, file), `${text}\n`);
  }
  return dir;
}

const DISCHARGING = { type: 'Battery', status: 'Discharging' };

test.each<[string, Supplies, boolean]>([
  ['no supply at all', {}, false],
  ['a laptop unplugged', { ADP1: { type: 'Mains', online: '0' }, BAT0: DISCHARGING }, true],
  [
    'plugged in and charging',
    { ADP1: { type: 'Mains', online: '1' }, BAT0: { type: 'Battery', status: 'Charging' } },
    false,
  ],
  ['plugged in, and the battery is spared', { AC: { type: 'Mains', online: '1' }, BAT1: DISCHARGING }, false],
  ['fed through USB-C', { 'ucsi-source-psy-1': { type: 'USB', online: '1' }, BAT0: DISCHARGING }, false],
  ['full', { BAT0: { type: 'Battery', status: 'Full' } }, false],
  ['a desktop with a mouse', { mouse: { ...DISCHARGING, scope: 'Device' } }, false],
  ['an unknown file layout', { BAT0: {} }, false],
])('Linux: %s', (_, given, onBattery) => {
  expect(isLinuxOnBattery(supplies(given))).toBe(onBattery);
});

test('Linux: without the folder it runs on mains', () => {
  expect(isLinuxOnBattery('/no/such/folder')).toBe(false);
});

test.each([
  ["Now drawing from 'Battery Power'\n -InternalBattery-0 (id=4653155)\t81%; discharging; 5:12 remaining", true],
  ["Now drawing from 'AC Power'\n -InternalBattery-0 (id=4653155)\t100%; charged", false],
  ['', false],
])('macOS: %j', (output, onBattery) => {
  expect(isMacOnBattery(output)).toBe(onBattery);
});

test.each([
  ['False\r\n', true],
  ['False\r\nFalse\r\n', true],
  ['True\r\n', false],
  ['False\r\nTrue\r\n', false],
  ['', false],
])('Windows: %j', (output, onBattery) => {
  expect(isWindowsOnBattery(output)).toBe(onBattery);
});

test.each(['darwin', 'win32', 'aix'] as const)(
  'where the program of %s is missing it counts as mains',
  async (platform) => {
    expect(await powerReader(platform)()).toBe(false);
  },
);
