#!/usr/bin/env bash
# Rebuilds grammars/tree-sitter-swift.wasm: the package on npm ships no WebAssembly, and its C sources need no more than
# clang, lld and wasi-libc (Debian: clang-16 lld-16 wasi-libc).
set -euo pipefail
cd "$(dirname "$0")/.."
version=0.7.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -xzf "$(npm pack --silent --ignore-scripts --pack-destination "$work" "tree-sitter-swift@$version" | sed "s#^#$work/#")" -C "$work"
cd "$work/package/src"
for source in parser scanner; do
  clang-16 --target=wasm32-unknown-emscripten -isystem /usr/include/wasm32-wasi -D__wasi__ -Os -fPIC -fvisibility=hidden -I. -c "$source.c" -o "$source.o"
done
wasm-ld-16 --experimental-pic -shared --no-entry --allow-undefined --export=tree_sitter_swift --strip-debug parser.o scanner.o -o "$OLDPWD/grammars/tree-sitter-swift.wasm"
