/** Elixir: every definition is a call of a macro. */
import { HASH_COMMENTS, type LanguageTable } from './table.ts';

export const elixir: LanguageTable = {
  id: 'elixir',
  grammar: 'elixir',
  extensions: ['.ex', '.exs'],
  interpreters: ['elixir'],
  comments: HASH_COMMENTS,
  query: `
    (call target: (identifier) @_keyword
      (arguments . (alias) @name (keywords . (pair value: (alias)) @of)) (do_block)
      (#eq? @_keyword "defimpl")) @class
    (call target: (identifier) @_keyword (arguments . [(alias) (identifier)] @name) (do_block)
      (#any-of? @_keyword "defmodule" "defprotocol" "defimpl")) @class
    (call target: (identifier) @_keyword (arguments . [
        (identifier) @name
        (call target: (identifier) @name)
        (binary_operator left: (call target: (identifier) @name) operator: "when")
        (binary_operator left: (identifier) @name operator: "when")
        (binary_operator operator: _ @name)])
      (#not-eq? @name "when")
      (#any-of? @_keyword "def" "defp" "defmacro" "defmacrop" "defguard" "defguardp" "defdelegate")) @function`,
  attributeLine: /^\s*@(?:spec|impl|deprecated|since|dialyzer)\b|^\s*@doc\s+false/,
  docstrings: 'attribute',
  importLine: /^\s*(?:alias|import|require|use)\s/,
  joinsClauses: 'always',
};
