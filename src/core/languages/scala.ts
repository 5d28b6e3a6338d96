/** Scala. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

export const scala: LanguageTable = {
  id: 'scala',
  grammar: 'scala',
  extensions: ['.scala', '.sc', '.sbt'],
  comments: C_COMMENTS,
  query: `
    (function_definition name: (_) @name) @function
    (val_definition pattern: (identifier) @name value: (lambda_expression)) @function
    (given_definition name: (_) @name body: (with_template_body)) @class
    (given_definition !name return_type: (generic_type type: (_) @name type_arguments: (_) @of) body: (with_template_body)) @class
    (given_definition !name return_type: (type_identifier) @name body: (with_template_body)) @class
    (package_object name: (_) @name) @class
    (class_definition name: (_) @name) @class
    (object_definition name: (_) @name) @class
    (trait_definition name: (_) @name) @interface
    (enum_definition name: (_) @name) @enum
    (type_definition name: (_) @name) @type`,
  constructors: ['this'],
  longestLineChars: 2000,
  // A list of 10,000 numbers takes it 0.3 s.
  slowness: 2,
  importLine: /^\s*(?:import|package)\s/,
};
