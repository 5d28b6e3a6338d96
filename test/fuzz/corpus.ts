/** What is mutated: the source files that tests have of each language, all of them code that a person wrote. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { languageOf } from '../../src/core/languages/registry.ts';
import { INSTALL_DIR } from '../engine/install.ts';

export interface Sample {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Language id → its files, in a fixed order. */
export type Corpus = ReadonlyMap<string, readonly Sample[]>;

const FOLDERS = ['golden/sources', 'fixtures/ranking/workspace', 'fixtures/workspace'];

export function readCorpus(): Corpus {
  const corpus = new Map<string, Sample[]>();
  for (const file of FOLDERS.flatMap(filesIn)) {
    const bytes = readFileSync(file);
    const table = languageOf(file, bytes.toString('utf8'));
    if (!table) continue;
    const samples = corpus.get(table.id) ?? [];
    corpus.set(table.id, samples);
    samples.push({ path: `src/${basename(file)}`, bytes });
  }
  return corpus;
}

function filesIn(folder: string): string[] {
  const dir = join(INSTALL_DIR, 'test', folder);
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
