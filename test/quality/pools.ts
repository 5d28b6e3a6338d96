/** Every question's candidates, gathered once: ranking can then be evaluated under any parameters in milliseconds. */
import { join } from 'node:path';
import { CHUNKER_VERSION } from '../../src/core/functions/version.ts';
import type { LexicalWeights } from '../../src/core/lexical/bm25f.ts';
import type { Candidate, RankingQuery } from '../../src/core/ranking/candidate.ts';
import { readModel } from '../../src/engine/embed/model-card.ts';
import { loadStudent } from '../../src/engine/embed/student.ts';
import { modelDir, termTable } from '../../src/engine/install-dir.ts';
import { openEngine } from '../../src/engine/open.ts';
import { loadExpansions } from '../../src/engine/search/expansions.ts';
import { LiveIndex } from '../../src/engine/search/live-index.ts';
import { poolOf, type SearchParts } from '../../src/engine/search/search.ts';
import { indexFolder } from '../../src/engine/store/index-folder.ts';
import type { StoredFunction } from '../../src/engine/store/records.ts';
import { FORMAT_VERSION } from '../../src/engine/store/schema.ts';
import { Store } from '../../src/engine/store/store.ts';
import { loadScanModule } from '../../src/engine/vectors/scan.ts';
import type { Question, Repository } from './benchmark.ts';

export interface Pool {
  readonly repository: string;
  readonly language: string;
  readonly question: Question;
  readonly query: RankingQuery;
  readonly candidates: readonly Candidate[];
  readonly functions: ReadonlyMap<number, StoredFunction>;
}

export interface Corpus {
  pools(weights: LexicalWeights): Promise<Pool[]>;
  close(): Promise<void>;
}

interface Opened {
  readonly repository: Repository;
  readonly store: Store;
  readonly live: LiveIndex;
}

/** Brings every repository's index up to date first. */
export async function openCorpus(
  repositories: readonly Repository[],
  storageDir: string,
  installDir: string,
): Promise<Corpus> {
  const model = await readModel(modelDir(installDir));
  const student = await loadStudent(model);
  const expansions = await loadExpansions(termTable(installDir));
  const scan = await loadScanModule(join(installDir, 'dist', 'scan.wasm'));
  const identity = { format: FORMAT_VERSION, chunker: CHUNKER_VERSION, model: model.fingerprint };
  const opened: Opened[] = [];
  for (const repository of repositories) {
    const { folder } = repository;
    const engine = await openEngine({ folder, storageDir, installDir });
    await engine.update();
    await engine.close();
    const store = Store.open(indexFolder(storageDir, folder, identity), folder);
    opened.push({ repository, store, live: new LiveIndex(store, student.dimensions, scan) });
  }
  return {
    pools: async (weights) =>
      (await Promise.all(opened.map((each) => poolsOf(each, { student, expansions, weights })))).flat(),
    close: async () => {
      for (const { store } of opened) store.close();
      await student.dispose();
    },
  };
}

async function poolsOf(
  { repository, store, live }: Opened,
  shared: Pick<SearchParts, 'student' | 'expansions' | 'weights'>,
): Promise<Pool[]> {
  const pools: Pool[] = [];
  for (const question of repository.queries) {
    const pool = await poolOf({ store, live, ...shared }, question.query);
    pools.push({ repository: repository.name, language: repository.language, question, ...pool });
  }
  return pools;
}
