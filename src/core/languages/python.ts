/** Python. */
import { HASH_COMMENTS, type LanguageTable } from './table.ts';

export const python: LanguageTable = {
  id: 'python',
  grammar: 'python',
  extensions: ['.py', '.pyi', '.pyw', '.pyx'],
  fileNames: ['SConstruct', 'SConscript', 'wscript'],
  interpreters: ['python', 'python2', 'python3', 'pypy'],
  comments: HASH_COMMENTS,
  query: `
    (function_definition name: (_) @name) @function
    (class_definition name: (_) @name) @class
    (assignment left: (identifier) @name right: (lambda)) @function
    (expression_statement (assignment right: (lambda)) @wrapped) @wrapper
    (decorated_definition definition: (_) @wrapped) @wrapper`,
  docstrings: 'first-string',
  constructors: ['__init__', '__new__'],
  importLine: /^\s*(?:import|from)\s|^__all__\b/,
};
