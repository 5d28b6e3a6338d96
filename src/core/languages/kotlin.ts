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
    (class_declaration name: (_) @name) @class
    (object_declaration name: (_) @name) @class
    (type_alias (identifier) @name) @type`,
  attributeLine: /^\s*@\w/,
  constructors: ['constructor'],
  importLine: /^\s*(?:import|package)\s/,
};
