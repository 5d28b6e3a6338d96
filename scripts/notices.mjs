/**
 * Writes ThirdPartyNotices.txt: the licence of every package whose code, grammar or binary ships in the extension.
 * Read from the installed packages, so that it says what is really shipped, and for ONNX Runtime, whose packages hold no
 * licence, from `licences/`: its own and those of what its library is made of, as its wheel of the same version has them.
 * A package without either stops it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const runtime = [
  ...Object.keys(manifest.dependencies),
  // Parts of the bundle that Transformers.js comes as.
  '@huggingface/jinja',
  // What of the MCP SDK's packages is bundled with it.
  'zod',
  'zod-to-json-schema',
  'hnswlib-node',
  // Compiled into the graph's native part.
  'node-addon-api',
];
const grammars = Object.keys(manifest.devDependencies).filter((name) => name.includes('tree-sitter-'));
const RUNTIME = 'onnxruntime';
/** No package, but part of what ships. */
const MODEL = [
  'all-MiniLM-L6-v2',
  '(sentence-transformers)',
  'Apache-2.0',
  "The shipped model's table was begun from this model's view of each token. Licensed under the Apache License, Version 2.0.",
];

const sections = [...new Set([...runtime, ...grammars])].sort().map(section);
sections.push(render(...MODEL));
writeFileSync('ThirdPartyNotices.txt', `Kenning ships code of these projects.\n\n${sections.join('\n')}`);
console.log(`ThirdPartyNotices.txt: ${sections.length} packages`);

function section(name) {
  const folder = join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return render(name, version, license, textOf(name, folder, version));
}

function textOf(name, folder, version) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file) return readFileSync(join(folder, file), 'utf8');
  const kept = join('licences', `${RUNTIME}-${version}.txt`);
  if (!name.startsWith(RUNTIME) || !existsSync(kept))
    throw new Error(`${name} ${version} has no licence here: ${kept}?`);
  // Once for its three packages: it is a third of a megabyte.
  return name === `${RUNTIME}-node` ? readFileSync(kept, 'utf8') : `See ${RUNTIME}-node, whose licence is its own.`;
}

function render(name, version, licence, text) {
  return `${'='.repeat(80)}\n${name} ${version} (${licence})\n${'='.repeat(80)}\n\n${text.trim()}\n`;
}
