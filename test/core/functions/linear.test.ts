/** Texts on which an expression that tries all ways takes minutes, or never ends. Measured is the processor's time. */
import { expect, test } from 'vitest';
import { stripMarkers } from '../../../src/core/functions/doc-text.ts';
import { withoutMacroWords } from '../../../src/core/functions/macro-words.ts';
import { receiverType } from '../../../src/core/functions/names.ts';
import { c } from '../../../src/core/languages/c.ts';
import { cpp } from '../../../src/core/languages/cpp.ts';
import { javascript } from '../../../src/core/languages/javascript.ts';
import { lua } from '../../../src/core/languages/lua.ts';
import { languageOf } from '../../../src/core/languages/registry.ts';

const MANY = 100_000;
const SPACES = ' '.repeat(MANY);

test.each<[string, () => unknown]>([
  ['white space in a doc comment', () => stripMarkers([`/** Adds${SPACES}two */`, ` * numbers${SPACES}x`], c)],
  ['stars in a doc comment', () => stripMarkers([`/** Adds ${'*'.repeat(MANY)} two`, ' */'], c)],
  ['tags that nobody closes', () => stripMarkers([`/// ${'<p '.repeat(MANY)}`], c)],
  ['white space behind a receiver', () => receiverType(`(${'a'.repeat(MANY)}${SPACES}-`)],
  ['indices of a receiver', () => receiverType('['.repeat(MANY))],
  ['names that nothing is assigned to, Lua', () => lua.importLine.test(`local${SPACES}x`)],
  ['names that nothing is assigned to, JavaScript', () => javascript.importLine.test(`const${SPACES}+`)],
  ['a header of empty lines', () => languageOf('a.h', '\n'.repeat(MANY))],
  ['comments behind a macro', () => withoutMacroWords(`API\n${'/**/'.repeat(400)}x`, cpp.macroWords!)],
  ['macros in a row', () => withoutMacroWords('API(a) '.repeat(MANY / 10), cpp.macroWords!)],
  ["Qt's words in a row", () => withoutMacroWords('Q_X(a) public slots '.repeat(MANY / 20), cpp.macroWords!)],
  ['white space behind a macro', () => withoutMacroWords(`API${SPACES}x\n${SPACES}`, cpp.macroWords!)],
])('%s', (_what, work) => {
  const before = process.cpuUsage();
  work();
  expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
});
