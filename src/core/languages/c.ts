/** C. Its functions' names stand at the end of a chain of declarators. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

export const c: LanguageTable = {
  id: 'c',
  grammar: 'c',
  extensions: ['.c', '.h'],
  comments: C_COMMENTS,
  query: `
    (function_definition type: (type_identifier) @name declarator: (parenthesized_declarator (identifier) @_void)
      (#eq? @_void "void")) @function
    (function_definition declarator: (_) @declarator) @function
    (struct_specifier name: (_) @name body: (_)) @class
    (union_specifier name: (_) @name body: (_)) @class
    (enum_specifier name: (_) @name body: (_)) @enum
    (type_definition type: (struct_specifier body: (_)) declarator: (type_identifier) @name) @class
    (type_definition type: (enum_specifier body: (_)) declarator: (type_identifier) @name) @enum
    (preproc_function_def name: (_) @name) @type
    (type_definition type: (_ body: (_)) @wrapped) @wrapper
    (declaration type: (_ body: (_)) @wrapped) @wrapper`,
  importLine: /^\s*#\s*(?:include|pragma|ifndef|ifdef|if|endif|else|elif|undef)\b/,
};
