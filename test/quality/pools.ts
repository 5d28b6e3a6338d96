/** Every question's candidates, gathered once: ranking can then be evaluated under any parameters in milliseconds. */
import { join } from 'node:path';
import { CHUNKER_VERSION } from '../../src/core/functions/version.ts';
import type { LexicalWeights } from '../../src/core/lexical/bm25f.ts';
import type { Candidate, RankingQuery } from '../../src/core/ranking/candidate.ts';
import { LEXICAL_WEIGHTS } from '../../src/core/ranking/parameters.ts';
import { readModel } from '../../src/engine/embed/model-card.ts';
import { loadStudent } from '../../src/engine/embed/student.ts';
import { modelDir, termTable } from '../../src/engine/install-dir.ts';
import { openEngine } from '../../src/engine/open.ts';
import { loadExpansions } from '../../src/engine/search/expansions.ts';
import { LikeWords } from '../../src/engine/search/like-words.ts';
import { LiveIndex } from '../../src/engine/search/live-index.ts';
import { poolOf, type SearchParts } from '../../src/engine/search/search.ts';
import { indexFolder } from '../../src/engine/store/index-folder.ts';
import type { StoredFunction } from '../../src/engine/store/records.ts';
import { FORMAT_VERSION } from '../../src/engine/store/schema.ts';
import { Store } from '../../src/engine/store/store.ts';
import { loadScanModule } from '../../src/engine/vectors/scan.ts';
import type { Question, Repository } from './benchmark.ts';
import type { MadeCategory, QuestionSet } from './question-sets.ts';
import { openSetIndex } from './set-index.ts';

/** Whose questions: the product benchmark's, or a kind of those that were made of documentation. */
export type Suite = 'benchmark' | MadeCategory;

export interface Pool {
  readonly suite: Suite;
  /** Or package. */
  readonly repository: string;
  readonly language: string;
  readonly question: Question;
  readonly query: RankingQuery;
  readonly candidates: readonly Candidate[];
  readonly functions: ReadonlyMap<number, StoredFunction>;
}

/** What decides which candidates a question has. */
export interface Proposing {
  readonly weights: LexicalWeights;
  /** Whether the term table's words are asked for too. */
  readonly isExpanded: boolean;
  /** Whether words of names may stand for asked ones. */
  readonly isAlike: boolean;
  /** Whether a word counts by its place in the question in names of files. */
  readonly isOrdered: boolean;
}

/** As the search does it. */
export const PROPOSING: Proposing = { weights: LEXICAL_WEIGHTS, isExpanded: true, isAlike: true, isOrdered: true };

export interface Corpus {
  /** One repository's or package's questions after the other's, always in the same order. */
  pools(proposing: Proposing): AsyncIterable<readonly Pool[]>;
  close(): Promise<void>;
}

type Asker = Pick<Repository, 'name' | 'language'> & {
  readonly queries: readonly { readonly suite: Suite; readonly question: Question }[];
};

interface Opened {
  readonly asker: Asker;
  readonly store: Store;
  readonly live: LiveIndex;
}

/** Brings every repository's index up to date first, and makes those of sets that have none yet. */
export async function openCorpus(
  { repositories, sets }: { readonly repositories: readonly Repository[]; readonly sets: readonly QuestionSet[] },
  storageDir: string,
  installDir: string,
): Promise<Corpus> {
  const model = await readModel(modelDir(installDir));
  const student = loadStudent(model);
  const expansions = await loadExpansions(termTable(installDir));
  const scan = await loadScanModule(join(installDir, 'dist', 'scan.wasm'));
  const likeWords = new LikeWords(student, scan);
  const identity = { format: FORMAT_VERSION, chunker: CHUNKER_VERSION, model: model.fingerprint };
  const opened: Opened[] = [];
  const add = (asker: Asker, store: Store): void => {
    opened.push({ asker, store, live: new LiveIndex(store, student.dimensions, scan) });
  };
  for (const repository of repositories) {
    await update(repository, storageDir, installDir);
    const { folder } = repository;
    add(benchmarkAsker(repository), Store.open(indexFolder(storageDir, folder, identity), folder));
  }
  for (const set of sets) add(setAsker(set), await openSetIndex(set, storageDir, identity, student));
  return {
    pools: async function* ({ weights, isExpanded, isAlike, isOrdered }) {
      const shared = {
        student,
        expansions: isExpanded ? expansions : null,
        likeWords: isAlike ? likeWords : null,
        weights,
      };
      for (const each of opened) {
        const pools = await poolsOf(each, shared);
        yield isOrdered ? pools : pools.map(withoutOrder);
      }
    },
    close: async () => {
      for (const { store } of opened) store.close();
      await student.dispose();
    },
  };
}

function withoutOrder(pool: Pool): Pool {
  const pathShares = new Map(Array.from(pool.query.pathShares.keys(), (stem) => [stem, 1]));
  return { ...pool, query: { ...pool.query, pathShares } };
}

async function update({ folder }: Repository, storageDir: string, installDir: string): Promise<void> {
  const engine = await openEngine({ folder, storageDir, installDir });
  await engine.update();
  await engine.close();
}

function benchmarkAsker({ name, language, queries }: Repository): Asker {
  return { name, language, queries: queries.map((question) => ({ suite: 'benchmark', question })) };
}

function setAsker({ name, language, queries }: QuestionSet): Asker {
  return { name, language, queries: queries.map((question) => ({ suite: question.category, question })) };
}

async function poolsOf(
  { asker: { name: repository, language, queries }, store, live }: Opened,
  shared: Pick<SearchParts, 'student' | 'expansions' | 'likeWords' | 'weights'>,
): Promise<Pool[]> {
  const pools: Pool[] = [];
  for (const { suite, question } of queries) {
    const pool = await poolOf({ store, live, ...shared }, question.query);
    pools.push({ suite, repository, language, question, ...pool });
  }
  return pools;
}
