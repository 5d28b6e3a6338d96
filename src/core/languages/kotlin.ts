/** Kotlin. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

/** `is Text if it.length > 3 -> …`, which the grammar does not know yet and gives the whole file up for. */
const GUARD =
  /(?<=^[ \t]{0,80}(?:is[ \t]{1,9})?[A-Z][\w.]{0,120}(?:<[^<>\n]{0,120}>)?[ \t]{1,9})if\b[^\n{}]{1,300}?(?=->)/gm;

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
  macroWords: [GUARD],
  constructors: ['constructor'],
  importLine: /^\s*(?:import|package)\s/,
};
