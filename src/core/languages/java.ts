/** Java. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

export const java: LanguageTable = {
  id: 'java',
  grammar: 'java',
  extensions: ['.java'],
  comments: C_COMMENTS,
  query: `
    (method_declaration name: (_) @name) @function
    (constructor_declaration name: (_) @name) @function
    (compact_constructor_declaration name: (_) @name) @function
    (class_declaration name: (_) @name) @class
    (record_declaration name: (_) @name) @class
    (interface_declaration name: (_) @name) @interface
    (annotation_type_declaration name: (_) @name) @interface
    (enum_declaration name: (_) @name) @enum`,
  importLine: /^\s*(?:import|package)\s/,
};
