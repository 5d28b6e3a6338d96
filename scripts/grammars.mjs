/** Copies the parser's WebAssembly and the grammars into `dist/grammars`. Swift's is built by `build-swift-grammar.sh`. */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const PACKAGES = {
  'tree-sitter-bash': ['bash'],
  'tree-sitter-c': ['c'],
  'tree-sitter-c-sharp': ['c_sharp'],
  'tree-sitter-cpp': ['cpp'],
  'tree-sitter-elixir': ['elixir'],
  'tree-sitter-go': ['go'],
  'tree-sitter-haskell': ['haskell'],
  'tree-sitter-java': ['java'],
  'tree-sitter-javascript': ['javascript'],
  'tree-sitter-php': ['php'],
  'tree-sitter-python': ['python'],
  'tree-sitter-ruby': ['ruby'],
  'tree-sitter-rust': ['rust'],
  'tree-sitter-scala': ['scala'],
  'tree-sitter-typescript': ['typescript', 'tsx'],
  '@tree-sitter-grammars/tree-sitter-kotlin': ['kotlin'],
  '@tree-sitter-grammars/tree-sitter-lua': ['lua'],
  '@tree-sitter-grammars/tree-sitter-zig': ['zig'],
};
const SWIFT = 'grammars/tree-sitter-swift.wasm';

export function copyGrammars(distDir) {
  const target = join(distDir, 'grammars');
  mkdirSync(target, { recursive: true });
  const files = ['node_modules/web-tree-sitter/web-tree-sitter.wasm', SWIFT];
  for (const [name, grammars] of Object.entries(PACKAGES)) {
    files.push(...grammars.map((grammar) => `node_modules/${name}/tree-sitter-${grammar}.wasm`));
  }
  for (const file of files) {
    if (!existsSync(file)) throw new Error(`${file} is missing: run npm ci`);
    copyFileSync(file, join(target, basename(file)));
  }
}
