/** Zig: a type is a constant that holds a container. */
import type { LanguageTable } from './table.ts';

export const zig: LanguageTable = {
  id: 'zig',
  grammar: 'zig',
  extensions: ['.zig', '.zon'],
  comments: { line: ['//'], block: [] },
  query: `
    (function_declaration name: (_) @name type: (builtin_type) @_type
      body: (block (expression_statement (return_expression [(struct_declaration) (union_declaration) (enum_declaration)])))
      (#eq? @_type "type")) @class
    (function_declaration name: (_) @name) @function
    (variable_declaration . (identifier) @name [(struct_declaration) (union_declaration) (opaque_declaration)]) @class
    (variable_declaration . (identifier) @name [(enum_declaration) (error_set_declaration)]) @enum
    (test_declaration [(string) (identifier)] @name) @function`,
  importLine: /^\s*(?:pub\s+)?const\s+\w+\s*=\s*@import\(/,
};
