/** Which comments are written for tools, and which only begin like one. */
import { expect, test } from 'vitest';
import { isForTool } from '../../../src/core/functions/tool-comments.ts';
import { c } from '../../../src/core/languages/c.ts';
import { go } from '../../../src/core/languages/go.ts';
import { javascript } from '../../../src/core/languages/javascript.ts';
import { lua } from '../../../src/core/languages/lua.ts';
import { python } from '../../../src/core/languages/python.ts';

test.each([
  [javascript, '// eslint-disable-next-line no-console -- the answer goes there'],
  [javascript, '/* eslint no-console: 0 */'],
  [javascript, '  // @ts-ignore'],
  [javascript, '// prettier-ignore'],
  [javascript, '/* istanbul ignore next */'],
  [javascript, '/* global x */'],
  [javascript, '/* globals one, two:true */'],
  [javascript, '//# sourceMappingURL=a.js.map'],
  [javascript, '/*#__PURE__*/'],
  [python, '# encoding: utf-8'],
  [python, '# -*- coding: utf-8 -*-'],
  [python, '# frozen_string_literal: true'],
  [python, '# noqa: E501'],
  [python, '# type: ignore[attr]'],
  [python, '# pylint: disable=all'],
  [python, '# shellcheck disable=SC2034'],
  [go, '//nolint:errcheck'],
  [go, '//go:build linux'],
  [c, '// NOLINT'],
  [c, '/* clang-format off */'],
  [lua, '---@diagnostic disable'],
])('%#: %s', (table, row) => expect(isForTool(row, table)).toBe(true));

test.each([
  [javascript, '// global state of the window'],
  [javascript, '// Prettier than before.'],
  [javascript, '/* global x */ run();'],
  [javascript, '/* eslint'],
  [javascript, 'eslint-disable'],
  [javascript, '// eslint does not know this rule'],
  [python, '# type of the value'],
  [python, '# coding is hard'],
  [go, '// line numbers begin at one'],
  [go, '// export of the table'],
])('%#: %s is for people', (table, row) => expect(isForTool(row, table)).toBe(false));
