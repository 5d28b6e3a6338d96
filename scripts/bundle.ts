/**
 * The bundles: the extension (no engine code), and the background process and the command line with what they share in
 * pieces of its own, so that what is rarely needed is loaded only then.
 * Native parts stay outside, under `dist/native/`; where they lie is decided here and nowhere else.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BuildResult, build, type Plugin } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '..');

/** Node 22 is what VS Code 1.103, the oldest that Kenning supports, runs on. */
const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node22',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
} as const;

export interface BundleOptions {
  readonly distDir?: string;
  /** False: only the result, nothing on disk. */
  readonly write?: boolean;
}

/** Its metafile tells what went in. */
type Bundled = Promise<BuildResult<{ metafile: true }>>;

/** Bundled CommonJS packages ask for `require`, which a module does not have. */
const REQUIRE_BANNER =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

export function bundleExtension({ distDir = join(ROOT, 'dist'), write = true }: BundleOptions = {}): Bundled {
  return build({
    ...COMMON,
    entryPoints: ['src/extension/main.ts'],
    outfile: join(distDir, 'extension.cjs'),
    format: 'cjs',
    // Read by the editor's extension host at every start.
    minify: true,
    // Names that begin so are private: nothing outside the bundle knows them.
    mangleProps: /^_[a-z]/,
    // An error shows its line: not all of them at once.
    lineLimit: 320,
    charset: 'utf8',
    external: ['vscode'],
    plugins: [vscodeOnce, jsonRpcWithoutStreams],
    write,
  });
}

export function bundlePrograms({ distDir = join(ROOT, 'dist'), write = true }: BundleOptions = {}): Bundled {
  return build({
    ...COMMON,
    entryPoints: {
      worker: 'src/service/worker.ts',
      kenning: 'src/cli/main.ts',
      'parse-thread': 'src/engine/parse/parse-thread.ts',
      'refine-thread': 'src/engine/embed/refine-thread.ts',
    },
    outdir: distDir,
    outExtension: { '.js': '.mjs' },
    // Side by side in one folder: the native parts are found from there.
    chunkNames: '[name]-[hash]',
    splitting: true,
    format: 'esm',
    banner: { js: REQUIRE_BANNER },
    plugins: [onnxRuntimeFromDist, transformersWithoutImages, mcpWithoutSchemas],
    write,
  });
}

/**
 * The editor's API is asked for once. What esbuild makes of `import * as vscode` in each of forty files asks for it forty
 * times, for which the host looks up where the file really lies, and copies each of its 600 names each time.
 */
const vscodeOnce: Plugin = {
  name: 'vscode-once',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]src[\\/]extension[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replace("import * as vscode from 'vscode';", "import { vscode } from 'vscode:once';");
      return { contents, loader: 'ts' };
    });
    bundler.onResolve({ filter: /^vscode:once$/ }, ({ path }) => ({ path, namespace: 'vscode-once' }));
    bundler.onLoad({ filter: /.*/, namespace: 'vscode-once' }, () => ({
      contents: "export const vscode = require('vscode');",
    }));
  },
};

/** `onnxruntime-node` loads its binding relative to its own package; in a bundle that is `dist/native/`. */
const onnxRuntimeFromDist: Plugin = {
  name: 'onnxruntime-from-dist',
  setup(bundler) {
    bundler.onLoad({ filter: /onnxruntime-node[\\/]dist[\\/]binding\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of the package's source.
      const found = 'require(`../bin/napi-v6/${process.platform}/${process.arch}/onnxruntime_binding.node`)';
      if (!source.includes(found))
        throw new Error('onnxruntime-node loads its binding in a new way: mend scripts/bundle.ts.');
      // By way of a variable: a literal would make esbuild look for the file.
      const wanted =
        "((file) => require(file))('./native/onnxruntime-node/' + process.platform + '-' + process.arch + '/onnxruntime_binding.node')";
      return { contents: source.replace(found, wanted), loader: 'js' };
    });
  },
};

/**
 * Transformers.js brings ONNX Runtime in a way that bundlers do not see: it takes ours (`named/named-student.ts`). It wants
 * an image library with native parts that an embedding model never needs.
 */
const transformersWithoutImages: Plugin = {
  name: 'transformers-without-images',
  setup(bundler) {
    bundler.onLoad({ filter: /transformers[\\/]dist[\\/]transformers\.node\.mjs$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const found = 'var onnx_node_default = requireFromHere("onnxruntime-node");';
      if (!source.includes(found))
        throw new Error('Transformers.js loads ONNX Runtime in a new way: mend scripts/bundle.ts.');
      return { contents: source.replace(found, 'var onnx_node_default;'), loader: 'js' };
    });
    bundler.onResolve({ filter: /^sharp$/ }, ({ path }) => ({ path, namespace: 'no-images' }));
    bundler.onLoad({ filter: /.*/, namespace: 'no-images' }, () => ({
      contents: "export default () => { throw new Error('Kenning reads no images.'); };",
    }));
  },
};

/** The MCP server brings a validator for forms that it would have users fill in; Kenning asks for none. */
const mcpWithoutSchemas: Plugin = {
  name: 'mcp-without-schemas',
  setup(bundler) {
    bundler.onLoad({ filter: /modelcontextprotocol[\\/]sdk[\\/].*[\\/]ajv-provider\.js$/ }, () => ({
      contents:
        "export class AjvJsonSchemaValidator { getValidator() { throw new Error('Kenning asks for no forms.'); } }",
    }));
  },
};

/** Of the package's files: what is left out, each from one text up to the other, or to the end. */
const STREAMS: Readonly<Record<string, readonly (readonly [from: string, to?: string])[]>> = {
  'node/main.js': [
    ['exports.StreamMessageWriter =', 'exports.createMessageConnection ='],
    ['const path =', 'const api_1 ='],
    ['class PortMessageReader', 'function isReadableStream'],
  ],
  'common/messageReader.js': [['const semaphore_1 =', 'var MessageReader;'], ['var ResolvedMessageReaderOptions;']],
  'common/messageWriter.js': [['const semaphore_1 =', 'const events_1 ='], ['var ResolvedMessageWriterOptions;']],
};

/**
 * The package's index spells every name out twice, and brings what only threads with shared memory and connections over
 * streams, sockets and pipes need; the two processes talk over Node's own channel. So no code that could open a socket is
 * in the extension.
 */
const jsonRpcWithoutStreams: Plugin = {
  name: 'json-rpc-without-streams',
  setup(bundler) {
    const parts = ['messages', 'cancellation', 'connection', 'disposable', 'events', 'messageReader', 'messageWriter'];
    const requires = [...parts, 'messageBuffer'].map((part) => `require('./${part}')`).join(', ');
    bundler.onLoad({ filter: /vscode-jsonrpc[\\/]lib[\\/]common[\\/]api\.js$/ }, () => ({
      contents: `Object.assign(exports, ${requires}); exports.RAL = require('./ral').default;`,
    }));
    bundler.onLoad({ filter: /vscode-jsonrpc[\\/]lib[\\/]common[\\/]messageBuffer\.js$/ }, () => ({
      contents: 'exports.AbstractMessageBuffer = class {};',
    }));
    bundler.onLoad({ filter: /vscode-jsonrpc[\\/]lib[\\/]/ }, async ({ path }) => {
      const cuts = STREAMS[path.split(/[\\/]/).slice(-2).join('/')];
      return cuts && { contents: cuts.reduce(without, await readFile(path, 'utf8')) };
    });
  },
};

function without(source: string, [from, to]: readonly [from: string, to?: string]): string {
  const start = source.indexOf(from);
  const end = to === undefined ? source.length : source.indexOf(to, start);
  if (start < 0 || end < 0) throw new Error('vscode-jsonrpc is written in a new way: mend scripts/bundle.ts.');
  return source.slice(0, start) + source.slice(end);
}
