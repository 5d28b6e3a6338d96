/** Scala. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

export const scala: LanguageTable = {
  id: 'scala',
  grammar: 'scala',
  extensions: ['.scala', '.sc', '.sbt'],
  comments: C_COMMENTS,
  query: `
    (function_definition name: (_) @name) @function
    (class_definition name: (_) @name) @class
    (object_definition name: (_) @name) @class
    (trait_definition name: (_) @name) @interface
    (enum_definition name: (_) @name) @enum
    (type_definition name: (_) @name) @type`,
  constructors: ['this'],
  longestLineChars: 2000,
  importLine: /^\s*(?:import|package)\s/,
};
