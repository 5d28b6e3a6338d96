/** Ruby. */
import type { LanguageTable } from './table.ts';

export const ruby: LanguageTable = {
  id: 'ruby',
  grammar: 'ruby',
  extensions: ['.rb', '.rake', '.gemspec', '.ru'],
  fileNames: ['Rakefile', 'Gemfile', 'Guardfile', 'Vagrantfile', 'Podfile'],
  interpreters: ['ruby', 'jruby'],
  comments: { line: ['#'], block: [['=begin', '=end']] },
  query: `
    (method name: (_) @name) @function
    (singleton_method name: (_) @name) @function
    (call method: (identifier) @_define arguments: (argument_list . [(simple_symbol) (string . (string_content) .)] @name) block: (_)
      (#any-of? @_define "define_method" "define_singleton_method")) @function
    (assignment left: [(identifier) (constant)] @name right: (lambda)) @function
    (assignment left: [(identifier) (constant)] @name right: (call method: (identifier) @_lambda block: (_))
      (#any-of? @_lambda "lambda" "proc")) @function
    (assignment left: (constant) @name right: (call receiver: (constant) @_kind method: (_) @_make block: (_))
      (#any-of? @_kind "Class" "Data" "Module" "Struct") (#any-of? @_make "define" "new")) @class
    (class name: (_) @name) @class
    (module name: (_) @name) @class`,
  attributeLine: /^\s*sig\s*(?:\(:final\))?\s*\{.*\}\s*$/,
  constructors: ['initialize'],
  importLine: /^\s*(?:require|require_relative|load|autoload)\b/,
};
