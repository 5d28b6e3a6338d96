/**
 * The lexical list alone: a question's terms with their expansions and corrections, every row's score, the best rows. It
 * waits for nothing and runs on one thread, so its processor time is told: other processes on the machine do not count.
 */
import { CHUNKER_VERSION } from '../../src/core/functions/version.ts';
import { addTermScores, collectionStatistics, scoringOf } from '../../src/core/lexical/bm25f.ts';
import { LEXICAL_WEIGHTS } from '../../src/core/ranking/parameters.ts';
import { readModel } from '../../src/engine/embed/model-card.ts';
import { loadStudent } from '../../src/engine/embed/student.ts';
import { modelDir, termTable } from '../../src/engine/install-dir.ts';
import { type Expansions, expandedTerms, loadExpansions } from '../../src/engine/search/expansions.ts';
import { LiveIndex } from '../../src/engine/search/live-index.ts';
import { questionTerms } from '../../src/engine/search/question-terms.ts';
import type { Snapshot } from '../../src/engine/search/snapshot.ts';
import { indexFolder } from '../../src/engine/store/index-folder.ts';
import { FORMAT_VERSION } from '../../src/engine/store/schema.ts';
import { Store } from '../../src/engine/store/store.ts';
import { topPositive } from '../../src/engine/vectors/top.ts';

/** As deep as the search looks. */
const DEPTH = 200;
const ROUNDS = 5;

interface Places {
  readonly folder: string;
  readonly storageDir: string;
  readonly installDir: string;
}

/** Of an index that is there. */
export async function lexicalPhase(
  { folder, storageDir, installDir }: Places,
  questions: readonly string[],
  spread: (times: number[]) => Record<string, number>,
): Promise<Record<string, number>> {
  const model = await readModel(modelDir(installDir));
  const student = loadStudent(model);
  const expansions = await loadExpansions(termTable(installDir));
  const identity = { format: FORMAT_VERSION, chunker: CHUNKER_VERSION, model: model.fingerprint };
  const store = Store.open(indexFolder(storageDir, folder, identity), folder);
  const snapshot = await new LiveIndex(store, student.dimensions, null).snapshot();
  const list = lexicalList({ store, snapshot, words: student.words }, expansions);
  for (const question of questions) list(question);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const question of questions) {
      const since = processorMs();
      list(question);
      times.push(processorMs() - since);
    }
  }
  store.close();
  await student.dispose();
  return { ...spread(times), rows: snapshot.parts.reduce((sum, { segment }) => sum + segment.rows, 0) };
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function lexicalList(
  vocabulary: Parameters<typeof questionTerms>[0] & { readonly snapshot: Snapshot },
  expansions: Expansions | null,
): (question: string) => void {
  const { store, snapshot } = vocabulary;
  const scoring = scoringOf(LEXICAL_WEIGHTS, collectionStatistics(snapshot.parts.map(({ sums }) => sums)));
  return (question) => {
    const terms = expandedTerms(store, expansions, questionTerms(vocabulary, question));
    for (const { segment, scratch: scores } of snapshot.parts) {
      for (const each of [scores.all, scores.names, scores.blocks]) each.fill(0);
      for (const { id, weight } of terms)
        addTermScores(segment.postings, id, weight * snapshot.rarity(id), scoring, scores);
      topPositive(scores.all, scores.blocks, DEPTH, null);
    }
  };
}
