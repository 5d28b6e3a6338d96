/** Zig: a type is a constant that holds a container. */
import type { LanguageTable } from './table.ts';

export const zig: LanguageTable = {
  id: 'zig',
  grammar: 'zig',
  extensions: ['.zig', '.zon'],
  comments: { line: ['//'], block: [] },
  query: `
    (function_declaration name: (_) @name) @function
    (variable_declaration . (identifier) @name [(struct_declaration) (union_declaration) (opaque_declaration)]) @class
    (variable_declaration . (identifier) @name [(enum_declaration) (error_set_declaration)]) @enum
    (test_declaration (string) @name) @function`,
  importLine: /^\s*(?:pub\s+)?const\s+\w+\s*=\s*@import\(/,
};
