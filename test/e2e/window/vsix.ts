/** What the package holds: everything that runs, and nothing else. */
import assert from 'node:assert/strict';
import type { VsixEntry } from '../vsix.ts';
import type { Step } from './step.ts';

const MUST: readonly string[] = [
  'package.json',
  'package.nls.json',
  'package.nls.de.json',
  'l10n/bundle.l10n.de.json',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'ThirdPartyNotices.txt',
  'dist/extension.cjs',
  'dist/worker.mjs',
  'dist/kenning.mjs',
  'dist/parse-thread.mjs',
  'dist/scan.wasm',
  'dist/grammars/web-tree-sitter.wasm',
  'dist/grammars/tree-sitter-python.wasm',
  `dist/native/onnxruntime-node/${process.platform}-${process.arch}/onnxruntime_binding.node`,
  'models/kenning-s1/model.json',
  'models/kenning-s1/model.onnx',
  'models/kenning-s1/tokenizer.json',
  'media/icon.png',
  'media/kenning.svg',
  'media/walkthrough-search.svg',
  'media/walkthrough-narrow.svg',
  'media/walkthrough-results.svg',
  'media/walkthrough-index.svg',
  'models/kenning-terms.json.gz',
];

const MAY: readonly RegExp[] = [
  /^dist\/(chunk|transformers|serve-mcp)-[A-Z0-9]{8}\.mjs$/,
  /^dist\/[\w-]+\.wasm$/,
  /^dist\/grammars\/[\w-]+\.wasm$/,
  new RegExp(`^dist/native/(onnxruntime-node/${process.platform}-${process.arch}/[\\w.-]+|hnswlib\\.node)$`),
  /^models\/kenning-(s1|s2|r)\/(model\.json|model\.onnx|tokenizer\.json|readme\.md)$/i,
  /^media\/screenshots\/[\w-]+\.png$/,
];

export function vsixSteps(entries: readonly VsixEntry[]): readonly Step[] {
  const names = entries.flatMap(({ name }) => (name.startsWith('extension/') ? [name.slice('extension/'.length)] : []));
  return [
    {
      name: 'the package holds what runs',
      run: () =>
        assert.deepEqual(
          MUST.filter((name) => !names.includes(name)),
          [],
        ),
    },
    {
      name: 'the package holds nothing else: no sources, tests, training or source maps',
      run: () =>
        assert.deepEqual(
          names.filter((name) => !MUST.includes(name) && !MAY.some((known) => known.test(name))),
          [],
        ),
    },
  ];
}
