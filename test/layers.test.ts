/** The arrows of the architecture, proved on the sources and on what is bundled. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleExtension, bundlePrograms } from '../scripts/bundle.ts';

const ROOT = resolve(import.meta.dirname, '..');

interface Import {
  readonly from: string;
  /** Relative to the root for our own files, else the package's or built-in module's name. */
  readonly to: string;
  readonly isOwn: boolean;
  readonly isTypeOnly: boolean;
}

const IMPORT = /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(IMPORT)].map(([, type, fixed, dynamic]) => {
    const name = (fixed ?? dynamic)!;
    const isOwn = name.startsWith('.');
    const to = isOwn ? relative(ROOT, resolve(ROOT, dirname(file), name)).replaceAll('\\', '/') : name;
    return { from: file, to, isOwn, isTypeOnly: type !== undefined };
  });
}

const sources = globSync('src/**/*.ts', { cwd: ROOT }).map((file) => file.replaceAll('\\', '/'));
const imports = sources.flatMap(importsOf);
const tell = ({ from, to }: Import): string => `${from} → ${to}`;

/** What the files of a folder may import, besides the folder itself. */
const ALLOWED: Readonly<Record<string, (to: Import) => boolean>> = {
  // A syntax tree is a value that core reads; the parser's code stays in the engine. A stemmer is a pure function.
  'src/core/': ({ to, isTypeOnly }) => (to === 'web-tree-sitter' && isTypeOnly) || to === 'stemmer',
  'src/engine/': ({ to, isOwn }) => (isOwn ? to.startsWith('src/core/') : to !== 'vscode'),
  'src/service/': (it) =>
    it.isOwn
      ? it.to.startsWith('src/core/') || isEngineFace(it) || isWorkerOpeningEngine(it)
      : it.to.startsWith('node:') || it.to === 'vscode-jsonrpc/node',
  'src/extension/': (it) =>
    it.isOwn
      ? isClientSide(it.to) ||
        isEngineFace(it) ||
        (it.to.startsWith('src/core/') && it.isTypeOnly) ||
        SHARED.includes(it.to)
      : it.to === 'vscode' || it.to === 'node:path' || it.to === 'node:path/posix',
  'src/cli/': ({ from, to, isOwn }) =>
    isOwn
      ? to.startsWith('src/engine/') || to.startsWith('src/core/')
      : to.startsWith('node:') || (from === 'src/cli/mcp/serve-mcp.ts' && to.startsWith('@modelcontextprotocol/sdk/')),
};

/**
 * What hits and left-out files are explained with, the syntax of the search box and the names it takes, the function around a
 * line, and how models are answered: pure, the same for every head.
 */
const SHARED: readonly string[] = [
  'src/core/explain.ts',
  'src/core/skip-sentences.ts',
  'src/core/query/parse-query.ts',
  'src/core/query/wrong-operators.ts',
  'src/core/languages/names.ts',
  'src/core/functions/innermost.ts',
  'src/core/agents/excerpt.ts',
  'src/core/agents/fit.ts',
  'src/core/agents/input.ts',
  'src/core/agents/notes.ts',
  'src/core/agents/render.ts',
  'src/core/agents/same.ts',
  'src/core/files/decode.ts',
];
/** What these, and the service's client, import in turn. */
const BENEATH: readonly string[] = [
  'src/core/functions/source-lines.ts',
  'src/core/agents/printable.ts',
  'src/core/nested-folders.ts',
  'src/core/ranking/across-folders.ts',
  'src/core/ranking/parameters.ts',
  'src/core/text/beginning.ts',
];
const isEngineFace = ({ to, isTypeOnly }: Import): boolean =>
  (to === 'src/engine/api.ts' || to.startsWith('src/engine/api/')) && isTypeOnly;
const isWorkerOpeningEngine = ({ from, to }: Import): boolean =>
  from === 'src/service/worker.ts' && ['src/engine/open.ts', 'src/engine/repair/collect.ts'].includes(to);
const isClientSide = (to: string): boolean =>
  to.startsWith('src/service/') &&
  !/\/(serve|work|worker|run-worker|open-folders|requests|pause-gate|duty-cycle|power)\.ts$/.test(to);

describe('layers', () => {
  test('the sources are read, every folder has its rule', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(sources.filter((file) => !Object.keys(ALLOWED).some((folder) => file.startsWith(folder)))).toEqual([]);
  });

  test.each(Object.entries(ALLOWED))('%s imports only what it may', (folder, mayImport) => {
    const own = imports.filter(({ from }) => from.startsWith(folder));
    const wrong = own.filter((it) => !(it.isOwn && it.to.startsWith(folder)) && !mayImport(it));
    expect(wrong.map(tell)).toEqual([]);
  });

  test('the extension writes to its log channel alone', () => {
    const own = sources.filter((file) => file.startsWith('src/extension/'));
    expect(own.filter((file) => /\bconsole\./.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });

  test('there are no cycles, counting types', () => {
    expect(findCycle(Map.groupBy(imports, ({ from }) => from))).toEqual(null);
  });
});

function findCycle(importsOfFile: ReadonlyMap<string, readonly Import[]>): readonly string[] | null {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const { to, isOwn } of importsOfFile.get(file) ?? []) {
      const cycle = isOwn ? visit(to, [...path, file]) : null;
      if (cycle) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const file of importsOfFile.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return null;
}

test("the extension's bundle holds no engine code and no package but the protocol's", async () => {
  const { metafile } = await bundleExtension({ write: false });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs).toContain('src/extension/main.ts');
  const strangers = inputs.filter(
    (file) =>
      !/^src\/(extension|service)\//.test(file) &&
      file !== 'src/core/errors.ts' &&
      ![...SHARED, ...BENEATH].includes(file) &&
      !file.startsWith('node_modules/vscode-jsonrpc/') &&
      // The editor's API, as the bundle asks for it.
      file !== 'vscode-once:vscode:once',
  );
  expect(strangers).toEqual([]);
  const outside = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  expect(outside.filter((name) => /onnx|sqlite|tree-sitter|hnsw/.test(name))).toEqual([]);
});

test("the extension's bundle asks for the editor's API once: each time costs its start a copy of all its names", async () => {
  const { metafile } = await bundleExtension({ write: false });
  const outside = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  expect(outside.filter((name) => name === 'vscode')).toEqual(['vscode']);
});

test("the extension's bundle is small: the editor reads it at every start", async () => {
  const { metafile } = await bundleExtension({ write: false });
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  expect(bytes).toBeLessThan(160_000);
});

describe('the bundles of the programs', async () => {
  const { metafile } = await bundlePrograms({ write: false });
  const outputs = Object.entries(metafile.outputs);
  const isTransformers = (file: string): boolean => file.includes('@huggingface/transformers/');

  test('hold Transformers.js in a piece of its own that nothing loads at the start', () => {
    const holding = outputs.filter(([, { inputs }]) => Object.keys(inputs).some(isTransformers));
    expect(holding.map(([name]) => name)).toEqual([expect.stringMatching(/\/transformers-[A-Z0-9]{8}\.mjs$/)]);
    const [piece] = holding[0]!;
    const loading = outputs.flatMap(([, { imports }]) => imports.filter(({ path }) => path === piece));
    expect(new Set(loading.map(({ kind }) => kind))).toEqual(new Set(['dynamic-import']));
  });

  test('hold the MCP SDK, its standard input and output alone, in a piece that only its command loads', () => {
    const isSdk = (file: string): boolean => file.includes('/@modelcontextprotocol/');
    const holding = outputs.filter(([, { inputs }]) => Object.keys(inputs).some(isSdk));
    expect(holding.map(([name]) => name)).toEqual([expect.stringMatching(/\/serve-mcp-[A-Z0-9]{8}\.mjs$/)]);
    const [piece, { inputs }] = holding[0]!;
    const loading = outputs.flatMap(([, { imports }]) => imports.filter(({ path }) => path === piece));
    expect(loading.map(({ kind }) => kind)).toEqual(['dynamic-import']);
    const packages = Object.keys(inputs).flatMap((file) => /node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(file)?.[1] ?? []);
    expect([...new Set(packages)].sort()).toEqual(['@modelcontextprotocol/sdk', 'zod', 'zod-to-json-schema']);
  });

  test('give the thread that parses neither models nor the database', () => {
    const named = new Map(outputs);
    const reached = new Set<string>();
    const reach = (name: string): void => {
      if (reached.has(name)) return;
      reached.add(name);
      for (const { path } of named.get(name)?.imports ?? []) reach(path);
    };
    reach(outputs.find(([, { entryPoint }]) => entryPoint === 'src/engine/parse/parse-thread.ts')![0]);
    const inputs = [...reached].flatMap((name) => Object.keys(named.get(name)?.inputs ?? {}));
    expect(inputs).toContain('src/engine/parse/parser.ts');
    expect(inputs.filter((file) => /onnxruntime|src\/engine\/(?:embed|store)\//.test(file))).toEqual([]);
  });

  test.each([
    ['native', 'onnxruntime-node/dist/binding.js'],
    ['wasm', 'onnxruntime-web/dist/ort.wasm.bundle.min.mjs'],
  ])('hold the %s ONNX Runtime once, in a piece of its own that is loaded only where it is chosen', (name, part) => {
    const holding = outputs.filter(([, { inputs }]) => Object.keys(inputs).some((file) => file.endsWith(part)));
    expect(holding.map(([output]) => output)).toEqual([
      expect.stringMatching(new RegExp(`/${name}-runtime-[A-Z0-9]{8}\\.mjs$`)),
    ]);
    const [piece] = holding[0]!;
    const loading = outputs.flatMap(([, { imports }]) => imports.filter(({ path }) => path === piece));
    expect(new Set(loading.map(({ kind }) => kind))).toEqual(new Set(['dynamic-import']));
  });

  test('hold no image library, and nothing that has to be installed', () => {
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.filter((file) => /node_modules\/(sharp|@img)\//.test(file))).toEqual([]);
    const outside = outputs.flatMap(([, { imports }]) =>
      imports.filter(({ external }) => external).map(({ path }) => path),
    );
    expect(outside.filter((name) => !/^(node:)?[\w/]+$/.test(name) || /sharp|onnx/.test(name))).toEqual([]);
  });
});
