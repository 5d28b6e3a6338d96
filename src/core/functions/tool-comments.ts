/** Comments that are written for a linter, a compiler or a formatter: they say nothing of what stands below them. */
import type { LanguageTable } from '../languages/table.ts';

/** How such a comment begins, by who reads it. */
const TOOLS: readonly string[] = [
  // Scripts.
  'eslint(?:-\\w|\\s[\\w@/-]+\\s*:)|oxlint-|tslint:|jshint|jslint|jscs:|biome-ignore|deno-(?:lint|fmt)|prettier-ignore|dprint-ignore|stylelint-',
  '@ts-(?:ignore|expect-error|nocheck|check)|@(?:no)?flow\\b|[#@]__|[#@] source|@(?:jest|vitest)-environment|webpack[A-Z]',
  '(?:istanbul|c8|v8) ignore|node:coverage|globals?\\s+[\\w$]+(?:\\s*[:,]\\s*[\\w$]+)*$',
  // Python, Ruby, shells.
  'noqa|type:\\s*ignore|pylint:|mypy:|pyright:|pyre-|pytype:|flake8:|ruff:|isort:|yapf:|fmt:\\s*(?:on|off|skip)|pragma:|nosec\\b',
  '-?\\*-|vim?:|(?:file)?(?:en)?coding\\s*[:=]|frozen_string_literal:|rubocop:|typed:\\s|:nocov:|shellcheck (?:disable|enable|shell|source)',
  // Go, C, C++.
  'go:|nolint|\\+build |lint:|#nosec|revive:|export \\w+$',
  'NOLINT|clang-format o(?:n|ff)|cppcheck-|LCOV_|GCOV|coverity\\[|IWYU|uncrustify',
  // What runs on the JVM or on .NET, Swift, PHP and others.
  'NOSONAR|CHECKSTYLE|@formatter:|noinspection |ktlint-|detekt:|spotless:|scala(?:fmt|style):|ReSharper |<auto-?generated',
  'swift(?:lint|format):|swift-format-|sourcery:|@?phpcs:|@phpstan-|@psalm-|@codeCoverage',
  'credo:|HLINT|luacheck:|luacov:|stylua:|selene:|@diagnostic|zig fmt:|zlint-',
];
const FOR_TOOL = new RegExp(`^(?:${TOOLS.join('|')})`);

/** A row that is a comment from its first mark to its end, as `// eslint-disable-next-line` or a block of one row. */
export function isForTool(row: string, { comments }: LanguageTable): boolean {
  const line = row.trim();
  const block = comments.block.find(([open, close]) => line.startsWith(open) && line.endsWith(close));
  const mark = block?.[0] ?? comments.line.find((start) => line.startsWith(start));
  if (mark === undefined) return false;
  const text = line.slice(mark.length, line.length - (block?.[1].length ?? 0));
  return FOR_TOOL.test(text.replace(/^[-/*!]?\s*/, '').trimEnd());
}
