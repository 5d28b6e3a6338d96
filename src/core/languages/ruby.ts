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
    (class name: (_) @name) @class
    (module name: (_) @name) @class`,
  constructors: ['initialize'],
  importLine: /^\s*(?:require|require_relative|load|autoload)\b/,
};
