/** Opens the models that a folder is indexed and searched with: Kenning's own, or the one that the user named. */
import type { EngineOptions } from './api/options.ts';
import { readModel } from './embed/model-card.ts';
import { type FoundRefiner, NO_REFINER, openRefiner } from './embed/open-refiner.ts';
import { readVocabulary } from './embed/packed-vocabulary.ts';
import { openRuntime, type Runtime } from './embed/runtime.ts';
import { loadStudent, type Student } from './embed/student.ts';
import { modelDir, packedTermTable, packedVocabulary, RANKER_MODEL, REFINER_MODEL, termTable } from './install-dir.ts';
import { loadNamedStudent } from './named/named-student.ts';
import { DEFAULT_QUALITY, readsTwice, refines } from './quality.ts';
import { type FoundRanker, NO_RANKER, openRanker } from './rerank/open-ranker.ts';
import { type Expansions, loadExpansions } from './search/expansions.ts';

export interface Models {
  /** Null where no model needs one: the small student is read without. */
  readonly runtime: Runtime | null;
  readonly student: Student;
  readonly refinement: FoundRefiner;
  readonly second: FoundRanker;
  readonly expansions: Expansions | null;
}

type Students = Pick<Models, 'student' | 'refinement'>;

interface NamedStudent {
  readonly kind: 'named';
  readonly name: string;
  readonly runtime: Runtime;
}

interface OwnStudent {
  readonly kind: 'own';
  /** Null where the quality takes no model that needs one. */
  readonly runtime: Runtime | null;
}

/** Throws `model-unusable`, `model-unavailable`; `cancelled` where `signal` ends a download. */
export async function openModels(options: EngineOptions, signal?: AbortSignal): Promise<Models> {
  const dir = modelDir(options.installDir, RANKER_MODEL);
  const { quality = DEFAULT_QUALITY } = options;
  const wanted = await wantedStudent(options);
  const { runtime } = wanted;
  const [students, second, expansions] = await Promise.all([
    wanted.kind === 'named' ? openNamed(wanted, options, signal) : openOwn(wanted, options),
    runtime && readsTwice(quality) ? openRanker(dir, runtime) : NO_RANKER,
    loadExpansions(termTable(options.installDir), packedTermTable(options.installDir)),
  ]);
  return { runtime, ...students, second, expansions };
}

export async function disposeModels({ student, refinement, second }: Models): Promise<void> {
  await student.dispose();
  await refinement.refiner?.dispose();
  await second.ranker?.dispose();
}

async function wantedStudent(options: EngineOptions): Promise<NamedStudent | OwnStudent> {
  const { model: name, quality = DEFAULT_QUALITY, runtime } = options;
  if (name) return { kind: 'named', name, runtime: await openRuntime(runtime) };
  const needsRuntime = refines(quality) || readsTwice(quality);
  return { kind: 'own', runtime: needsRuntime ? await openRuntime(runtime) : null };
}

/** The refiner continues the vectors of our own student, of no other. */
async function openNamed(
  { name, runtime }: NamedStudent,
  { folder, storageDir }: EngineOptions,
  signal: AbortSignal | undefined,
): Promise<Students> {
  const student = await loadNamedStudent({ name, folder, storageDir, runtime, ...(signal && { signal }) });
  return { student, refinement: NO_REFINER };
}

async function openOwn(
  { runtime }: OwnStudent,
  { installDir, quality = DEFAULT_QUALITY }: EngineOptions,
): Promise<Students> {
  const model = await readModel(modelDir(installDir));
  const refiner = runtime && refines(quality) ? openRefiner(modelDir(installDir, REFINER_MODEL), model, runtime) : null;
  const vocabulary = await readVocabulary(packedVocabulary(installDir), model);
  return { student: loadStudent(model, vocabulary), refinement: (await refiner) ?? NO_REFINER };
}
