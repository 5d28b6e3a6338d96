/**
 * Writes ThirdPartyNotices.txt: the licence of every package whose code, grammar or binary ships in the extension.
 * Read from the installed packages, so that it says what is really shipped; a package without a licence file stops it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const runtime = [
  ...Object.keys(manifest.dependencies),
  'onnxruntime-common',
  // Parts of the bundle that Transformers.js comes as.
  '@huggingface/jinja',
  'onnxruntime-web',
  // What of the MCP SDK's packages is bundled with it.
  'zod',
  'zod-to-json-schema',
  'hnswlib-node',
  'vscode-languageserver-types',
].filter((name) => existsSync(join('node_modules', name)));
const grammars = Object.keys(manifest.devDependencies).filter((name) => name.includes('tree-sitter-'));
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
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file && !license) throw new Error(`${name} states no licence`);
  return render(name, version, license, file ? readFileSync(join(folder, file), 'utf8') : `Licensed under ${license}.`);
}

function render(name, version, licence, text) {
  return `${'='.repeat(80)}\n${name} ${version} (${licence})\n${'='.repeat(80)}\n\n${text.trim()}\n`;
}
