/** PHP. */
import type { LanguageTable } from './table.ts';

export const php: LanguageTable = {
  id: 'php',
  grammar: 'php',
  extensions: ['.php', '.phtml', '.inc'],
  interpreters: ['php'],
  comments: { line: ['//', '#'], block: [['/*', '*/']] },
  query: `
    (function_definition name: (_) @name) @function
    (method_declaration name: (_) @name) @function
    (class_declaration name: (_) @name) @class
    (trait_declaration name: (_) @name) @class
    (interface_declaration name: (_) @name) @interface
    (enum_declaration name: (_) @name) @enum
    (assignment_expression left: (variable_name (name) @name) right: [(anonymous_function) (arrow_function)]) @function
    (expression_statement (assignment_expression right: [(anonymous_function) (arrow_function)]) @wrapped) @wrapper`,
  constructors: ['__construct'],
  importLine: /^\s*(?:<\?php|use\s|namespace\s|declare\(|require|include)/,
};
