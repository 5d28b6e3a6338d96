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
    (type_alias (identifier) @name) @type`,
  constructors: ['constructor'],
  importLine: /^\s*(?:import|package)\s/,
};
