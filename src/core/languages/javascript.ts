/** JavaScript and JSX: besides declarations, every function that an assignment, a property or a field gives a name. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

export const SCRIPT_QUERY = `
  (function_declaration name: (_) @name) @function
  (generator_function_declaration name: (_) @name) @function
  (method_definition name: (_) @name) @function
  (class_declaration name: (_) @name) @class
  (variable_declarator name: (identifier) @name value: [(arrow_function) (function_expression) (generator_function)]) @function
  (variable_declarator name: (identifier) @name value: (class)) @class
  (assignment_expression left: [(identifier) (member_expression)] @name right: [(arrow_function) (function_expression) (generator_function)]) @function
  (assignment_expression left: [(identifier) (member_expression)] @name right: (class)) @class
  (pair key: (_) @name value: [(arrow_function) (function_expression)]) @function
  (export_statement declaration: (_) @wrapped) @wrapper
  (lexical_declaration . (variable_declarator) @wrapped .) @wrapper
  (variable_declaration . (variable_declarator) @wrapped .) @wrapper
  (expression_statement (assignment_expression right: [(arrow_function) (function_expression) (generator_function) (class)]) @wrapped) @wrapper`;

export const SCRIPT_IMPORT_LINE =
  /^\s*(?:import\b|export\s+(?:\*|\{[^}]*\}|type\s+\{[^}]*\})\s+from|(?:const|let|var)\s[\w${}\s,:]+=\s*require\(|\}\s*from\s|['"]use (?:strict|client|server)['"])/;

export const javascript: LanguageTable = {
  id: 'javascript',
  grammar: 'javascript',
  extensions: ['.js', '.mjs', '.cjs'],
  interpreters: ['node'],
  comments: C_COMMENTS,
  query: `${SCRIPT_QUERY}
  (field_definition property: (_) @name value: [(arrow_function) (function_expression)]) @function`,
  attributeLine: /^\s*@[\w.]+(?:\(.*\))?\s*$/,
  constructors: ['constructor'],
  importLine: SCRIPT_IMPORT_LINE,
};

export const jsx: LanguageTable = { ...javascript, id: 'jsx', extensions: ['.jsx'], interpreters: [] };
