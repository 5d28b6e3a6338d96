/** C#. Properties with an expression are found with their type: by themselves they pushed better answers down. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

export const csharp: LanguageTable = {
  id: 'csharp',
  grammar: 'c_sharp',
  extensions: ['.cs', '.csx'],
  comments: C_COMMENTS,
  query: `
    (method_declaration name: (_) @name) @function
    (constructor_declaration name: (_) @name (#not-eq? @name "extension")) @function
    (operator_declaration "operator" @word operator: _ @word) @function
    (conversion_operator_declaration ["implicit" "explicit"] @word "operator" @word type: (_) @word) @function
    (indexer_declaration "this" @name) @function
    (local_function_statement name: (_) @name) @function
    (property_declaration name: (_) @name accessors: (accessor_list (accessor_declaration body: (_)))) @function
    (class_declaration name: (_) @name) @class
    (struct_declaration name: (_) @name) @class
    (record_declaration name: (_) @name) @class
    (interface_declaration name: (_) @name) @interface
    (enum_declaration name: (_) @name) @enum
    (delegate_declaration name: (_) @name) @type`,
  importLine: /^\s*using\s|^\s*namespace\s/,
};
