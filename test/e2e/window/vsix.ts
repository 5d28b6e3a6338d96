/** What the package holds: everything that runs, and nothing else. */
import assert from 'node:assert/strict';
import { TARGETS } from '../../../scripts/targets.mjs';
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
  'dist/refine-thread.mjs',
  'dist/scan.wasm',
  'dist/kenning-s1.packed',
  'dist/kenning-terms.packed',
  'dist/ort-wasm-simd-threaded.wasm',
  'dist/grammars/web-tree-sitter.wasm',
  'dist/grammars/tree-sitter-python.wasm',
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
  /^dist\/(chunk|transformers|serve-mcp|(native|wasm)-runtime)-[A-Z0-9]{8}\.mjs$/,
  /^dist\/[\w-]+\.wasm$/,
  /^dist\/grammars\/[\w-]+\.wasm$/,
  /^models\/kenning-(s1|s2|r)\/(model\.json|model\.onnx|tokenizer\.json|readme\.md)$/i,
  /^media\/screenshots\/[\w-]+\.(png|gif)$/,
];

const GRAPH = /^dist\/native\/hnswlib\.node$/;

/** The graph's may be missing where there is no compiler. */
function nativeParts(target: string): { readonly must: readonly string[]; readonly may: readonly RegExp[] } {
  const { hasGraph, hasRuntime } = TARGETS[target]!;
  const runtime = `dist/native/onnxruntime-node/${target}/`;
  return {
    must: hasRuntime ? [`${runtime}onnxruntime_binding.node`] : [],
    may: [...(hasRuntime ? [new RegExp(`^${runtime}[\\w.-]+$`)] : []), ...(hasGraph ? [GRAPH] : [])],
  };
}

export function vsixSteps(target: string, entries: readonly VsixEntry[]): readonly Step[] {
  const native = nativeParts(target);
  const must = [...MUST, ...native.must];
  const may = [...MAY, ...native.may];
  const names = entries.flatMap(({ name }) => (name.startsWith('extension/') ? [name.slice('extension/'.length)] : []));
  return [
    {
      name: `${target}: the package holds what runs`,
      run: () =>
        assert.deepEqual(
          must.filter((name) => !names.includes(name)),
          [],
        ),
    },
    {
      name: `${target}: the package holds nothing else: no sources, tests, training or source maps`,
      run: () =>
        assert.deepEqual(
          names.filter((name) => !must.includes(name) && !may.some((known) => known.test(name))),
          [],
        ),
    },
  ];
}
