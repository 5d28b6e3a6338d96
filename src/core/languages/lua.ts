/** Lua. */
import type { LanguageTable } from './table.ts';

export const lua: LanguageTable = {
  id: 'lua',
  grammar: 'lua',
  extensions: ['.lua'],
  interpreters: ['lua', 'luajit'],
  comments: { line: ['--'], block: [['--[[', ']]']] },
  query: `
    (function_declaration name: (_) @name) @function
    (assignment_statement (variable_list . name: (_) @name) (expression_list . value: (function_definition))) @function
    (field name: (_) @name value: (function_definition)) @function
    (assignment_statement (variable_list . name: (_) @name) (expression_list . value: (table_constructor))) @scope
    (field name: (_) @name value: (table_constructor)) @scope
    (variable_declaration . (assignment_statement (expression_list . (function_definition))) @wrapped .) @wrapper`,
  importLine: /^\s*local\s[\w,\s]+=\s*require\b/,
};
