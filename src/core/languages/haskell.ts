/** Haskell: a function is its signature and its equations together; an instance is named after its class and its types. */
import type { LanguageTable } from './table.ts';

export const haskell: LanguageTable = {
  id: 'haskell',
  grammar: 'haskell',
  extensions: ['.hs'],
  interpreters: ['runghc', 'runhaskell'],
  comments: { line: ['--'], block: [['{-', '-}']] },
  query: `
    (declarations [
      (signature name: (_) @name)
      (function name: (_) @name)
      (function (infix operator: (_) @name))
      (bind name: (_) @name)] @function)
    (class_declarations [
      (signature name: (_) @name)
      (function name: (_) @name)
      (function (infix operator: (_) @name))
      (bind name: (_) @name)] @function)
    (instance_declarations [
      (function name: (_) @name)
      (function (infix operator: (_) @name))
      (bind name: (_) @name)] @function)
    (data_type name: (_) @name) @class
    (newtype name: (_) @name) @class
    (class name: (_) @name) @interface
    (instance name: [(name) @name (qualified id: (_) @name)] patterns: (_)? @of) @class
    (type_synomym name: (_) @name) @type`,
  attributeLine: /^\s*\{-#/,
  importLine: /^\s*import\s|^\s*module\s|^\s*\{-#\s*(?:LANGUAGE|OPTIONS)/,
  joinsClauses: 'always',
};
