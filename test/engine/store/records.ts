/** Made-up records for the store's tests, and everything that a store holds, to compare. */
import type { CodeFunction } from '../../../src/core/code-function.ts';
import type { FileRecord } from '../../../src/engine/store/records.ts';
import type { Store } from '../../../src/engine/store/store.ts';

export const DIMENSIONS = 4;

/** `names`: one function each; its vector and terms follow from its name. */
export function fileRecord(path: string, names: readonly string[], hash = names.join()): FileRecord {
  return {
    path,
    size: 100,
    mtimeMs: 1,
    ctimeMs: 1,
    hash,
    language: 'python',
    skip: null,
    functions: names.map((name, i) => ({
      fn: codeFunction(name, i + 1),
      contentHash: `hash of ${name}`,
      vector: Int8Array.from({ length: DIMENSIONS }, (_, d) => name.charCodeAt(d % name.length)),
      refined: false,
      terms: new Map([
        [name, 0x01_00_00_01],
        ['common', 0x02_00_00_00],
      ]),
    })),
  };
}

function codeFunction(name: string, line: number): CodeFunction {
  return {
    kind: 'function',
    language: 'python',
    name,
    qualifiedName: `Class.${name}`,
    signature: `def ${name}():`,
    doc: '',
    code: `def ${name}():\n  pass`,
    startLine: line,
    endLine: line + 1,
    part: null,
  };
}

const TABLES = ['meta', 'files', 'functions', 'vectors', 'gone', 'terms'];

/** Every row of every table. */
export function contentOf(store: Store): Record<string, unknown[]> {
  return Object.fromEntries(TABLES.map((table) => [table, store.database.prepare(`SELECT * FROM ${table}`).all()]));
}

const OWN = ['updated_at', 'place'];

/** As `contentOf`, but for what tells the time or the folder. */
export function settledContent(store: Store): Record<string, unknown[]> {
  const { meta, ...rest } = contentOf(store);
  return { ...rest, meta: (meta as { key: string }[]).filter(({ key }) => !OWN.includes(key)) };
}
