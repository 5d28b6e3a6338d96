/** TypeScript and TSX. */
import { javascript, SCRIPT_QUERY } from './javascript.ts';
import type { LanguageTable } from './table.ts';

export const typescript: LanguageTable = {
  ...javascript,
  id: 'typescript',
  grammar: 'typescript',
  extensions: ['.ts', '.mts', '.cts'],
  interpreters: ['ts-node', 'tsx', 'deno', 'bun'],
  joinsClauses: 'overloads',
  query: `${SCRIPT_QUERY}
  (function_signature name: (_) @name) @function
  (class_body (method_signature name: (_) @name) @function)
  (variable_declarator name: (identifier) @name value: [(as_expression (object)) (satisfies_expression (object))]) @scope
  (ambient_declaration (_) @wrapped) @wrapper
  (public_field_definition name: (_) @name value: [(arrow_function) (function_expression)]) @function
  (abstract_class_declaration name: (_) @name) @class
  (interface_declaration name: (_) @name) @interface
  (enum_declaration name: (_) @name) @enum
  (type_alias_declaration name: (_) @name) @type
  (internal_module name: (_) @name) @scope`,
};

export const tsx: LanguageTable = { ...typescript, id: 'tsx', grammar: 'tsx', extensions: ['.tsx'], interpreters: [] };
