/** Kotlin. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

export const kotlin: LanguageTable = {
  id: 'kotlin',
  grammar: 'kotlin',
  extensions: ['.kt', '.kts'],
  comments: C_COMMENTS,
  query: `
    (function_declaration name: (_) @name) @function
    (secondary_constructor "constructor" @name) @function
    (class_declaration "interface" name: (_) @name) @interface
    (class_declaration (modifiers (class_modifier "enum")) name: (_) @name) @enum
    (class_declaration name: (_) @name) @class
    (object_declaration name: (_) @name) @class
    (property_declaration (variable_declaration . (identifier) @name)
      [(getter (function_body)) (setter (function_body)) (lambda_literal) (anonymous_function)]) @function
    (type_alias (identifier) @name) @type`,
  constructors: ['constructor'],
  importLine: /^\s*(?:import|package)\s/,
};
