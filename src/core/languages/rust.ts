/** Rust. */
import { C_COMMENTS, type LanguageTable } from './table.ts';

export const rust: LanguageTable = {
  id: 'rust',
  grammar: 'rust',
  extensions: ['.rs'],
  comments: C_COMMENTS,
  query: `
    (function_item name: (_) @name) @function
    (impl_item type: [
      (array_type) @word
      (tuple_type) @word
      (reference_type type: [(array_type) (tuple_type)] @word)]) @scope
    (impl_item type: (_) @name) @scope
    (trait_item name: (_) @name) @interface
    (struct_item name: (_) @name) @class
    (union_item name: (_) @name) @class
    (enum_item name: (_) @name) @enum
    (type_item name: (_) @name) @type
    (macro_definition name: (_) @name) @function`,
  attributeLine: /^\s*#!?\[/,
  importLine: /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:use|mod|extern\s+crate)\s/,
};
