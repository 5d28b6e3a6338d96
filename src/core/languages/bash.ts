/** Bash and other Bourne shells. */
import { HASH_COMMENTS, type LanguageTable } from './table.ts';

export const bash: LanguageTable = {
  id: 'bash',
  grammar: 'bash',
  extensions: ['.sh', '.bash', '.zsh', '.ksh', '.bats'],
  fileNames: ['.bashrc', '.bash_profile', '.profile', '.zshrc'],
  interpreters: ['sh', 'bash', 'dash', 'ksh', 'zsh'],
  comments: HASH_COMMENTS,
  query: '(function_definition name: (_) @name) @function',
  importLine: /^\s*(?:source|\.)\s|^\s*set\s+[-+]/,
};
