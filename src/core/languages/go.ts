/** Go. A method's receiver is read by `core/functions/names.ts`. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

export const go: LanguageTable = {
  id: 'go',
  grammar: 'go',
  extensions: ['.go'],
  comments: C_COMMENTS,
  query: `
    (function_declaration name: (_) @name) @function
    (method_declaration receiver: (_) @receiver name: (_) @name) @function
    (type_spec name: (_) @name type: (struct_type)) @class
    (type_spec name: (_) @name type: (interface_type)) @interface
    (type_spec name: (_) @name type: [(function_type) (map_type) (slice_type) (generic_type) (type_identifier) (qualified_type) (channel_type) (array_type) (pointer_type)]) @type
    (type_alias name: (_) @name) @type
    (var_spec name: (identifier) @name value: (expression_list . (func_literal) .)) @function
    (type_declaration . (_) @wrapped .) @wrapper
    (var_declaration (var_spec) @wrapped) @wrapper`,
  attributeLine: /^\/\/go:/,
  importLine: /^\s*(?:package\s|import\b|"[\w./-]+"$|[\w.]+\s+"[\w./-]+"$)/,
};
