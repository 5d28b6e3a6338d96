/** C. Its functions' names stand at the end of a chain of declarators. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

/** `SYSCALL_DEFINE3(read, unsigned int, fd)`: a macro's further arguments, without which the first is read as a function's name. */
const MACRO_ARGUMENTS =
  '(?<=^(?:static[ \\t]{1,9})?[A-Z][A-Z\\d_]{2,80}\\([ \\t]{0,9}[A-Za-z_]\\w{0,80})[ \\t]{0,9},(?:[^;{}()]|\\([^;{}()]{0,200}\\)){0,1000}(?=\\)\\s{0,80}\\{)';

export const c: LanguageTable = {
  id: 'c',
  grammar: 'c',
  extensions: ['.c', '.h'],
  comments: C_COMMENTS,
  query: `
    (function_definition type: (type_identifier) @name declarator: (parenthesized_declarator (identifier) @_void)
      (#eq? @_void "void")) @function
    (function_definition type: (type_identifier) @name declarator: (parenthesized_declarator (identifier))
      (#not-match? @name "^[A-Z][A-Z0-9_]+$")) @function
    (function_definition declarator: (_) @declarator) @function
    (struct_specifier name: (_) @name body: (_)) @class
    (union_specifier name: (_) @name body: (_)) @class
    (enum_specifier name: (_) @name body: (_)) @enum
    (type_definition type: (struct_specifier body: (_)) declarator: (type_identifier) @name) @class
    (type_definition type: (enum_specifier body: (_)) declarator: (type_identifier) @name) @enum
    (preproc_function_def name: (_) @name) @type
    (type_definition type: (_ body: (_)) @wrapped) @wrapper
    (declaration type: (_ body: (_)) @wrapped) @wrapper`,
  hasBranches: true,
  macroWords: [new RegExp(MACRO_ARGUMENTS, 'gm')],
  importLine: /^\s*#\s*(?:include|pragma|ifndef|ifdef|if|endif|else|elif|undef)\b/,
};
